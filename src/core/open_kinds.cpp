#include "core/open_kinds.h"

#include <bit>

namespace riptide::core {
namespace {

/// The kind an element is by its tag; `kInNamed` for none.
Kind kind_of(Tag tag) {
    switch (tag) {
        case LXB_TAG_NAV:
            return kInNav;
        case LXB_TAG_HEADER:
            return kInHeader;
        case LXB_TAG_FOOTER:
            return kInFooter;
        case LXB_TAG_ASIDE:
            return kInAside;
        case LXB_TAG_FORM:
            return kInForm;
        case LXB_TAG_TABLE:
            return kInTable;
        case LXB_TAG_UL:
        case LXB_TAG_OL:
        case LXB_TAG_MENU:
            return kInList;
        case LXB_TAG_LI:
            return kInItem;
        case LXB_TAG_DL:
            return kInDefinitions;
        case LXB_TAG_FIGURE:
        case LXB_TAG_FIGCAPTION:
            return kInFigure;
        case LXB_TAG_ARTICLE:
            return kInArticle;
        case LXB_TAG_MAIN:
            return kInMain;
        case LXB_TAG_SECTION:
            return kInSection;
        case LXB_TAG_ADDRESS:
            return kInAddress;
        case LXB_TAG_BLOCKQUOTE:
            return kInQuote;
        case LXB_TAG_H1:
        case LXB_TAG_H2:
        case LXB_TAG_H3:
        case LXB_TAG_H4:
        case LXB_TAG_H5:
        case LXB_TAG_H6:
            return kInHeading;
        case LXB_TAG_A:
            return kInLink;
        case LXB_TAG_TIME:
            return kInTime;
        case LXB_TAG_BUTTON:
        case LXB_TAG_LABEL:
        case LXB_TAG_LEGEND:
            return kInControl;
        case LXB_TAG_PRE:
        case LXB_TAG_CODE:
            return kInCode;
        case LXB_TAG_DETAILS:
        case LXB_TAG_SUMMARY:
            return kInDetails;
        default:
            return kInNamed;
    }
}

}  // namespace

std::uint8_t tag_scale(Tag tag) {
    switch (tag) {
        case LXB_TAG_P:
            return 40;
        case LXB_TAG_BLOCKQUOTE:
            return 38;
        case LXB_TAG_PRE:
            return 36;
        case LXB_TAG_H1:
            return 34;
        case LXB_TAG_H2:
            return 33;
        case LXB_TAG_H3:
            return 32;
        case LXB_TAG_H4:
            return 31;
        case LXB_TAG_H5:
        case LXB_TAG_H6:
            return 30;
        case LXB_TAG_DD:
            return 28;
        case LXB_TAG_DT:
            return 27;
        case LXB_TAG_TD:
            return 26;
        case LXB_TAG_TH:
            return 25;
        case LXB_TAG_FIGCAPTION:
            return 24;
        case LXB_TAG_ARTICLE:
            return 22;
        case LXB_TAG_MAIN:
            return 21;
        case LXB_TAG_SECTION:
            return 20;
        case LXB_TAG_DIV:
            return 18;
        case LXB_TAG_LI:
            return 16;
        case LXB_TAG_UL:
        case LXB_TAG_OL:
            return 15;
        case LXB_TAG_DL:
            return 14;
        case LXB_TAG_TABLE:
        case LXB_TAG_TBODY:
        case LXB_TAG_TR:
            return 13;
        case LXB_TAG_BODY:
            return 11;
        case LXB_TAG_FORM:
        case LXB_TAG_LABEL:
        case LXB_TAG_BUTTON:
            return 6;
        case LXB_TAG_HEADER:
            return 5;
        case LXB_TAG_ASIDE:
            return 4;
        case LXB_TAG_FOOTER:
            return 2;
        case LXB_TAG_NAV:
            return 1;
        default:
            return 10;
    }
}

void OpenKinds::enter(NodeId id, const Signal& signal) {
    const Kind kind = kind_of(dom_[id].tag);
    if (kind != kInNamed) open_[kind].push_back(id);
    if (signal.is(kDataTable)) open_[kInDataTable].push_back(id);
    if (signal.is(kSideRole)) open_[kInSideRole].push_back(id);
    if (signal.is(kModal)) open_[kInModal].push_back(id);
    if (signal.is(kBylineMark)) open_[kInByline].push_back(id);
    if (signal.is(kConcealed)) open_[kInConcealed].push_back(id);
    if (signal.is(kUnspoken)) open_[kInUnspoken].push_back(id);
    if (dom_[id].tag == LXB_TAG_BODY || dom_[id].tag == LXB_TAG_HTML) return;
    for (std::uint32_t hints = signal.hints; hints != 0; hints &= hints - 1) {
        open_[kInNamed + static_cast<std::size_t>(std::countr_zero(hints))].push_back(id);
    }
}

NodeId OpenKinds::nearest(std::size_t kind, NodeId at) {
    std::vector<NodeId>& open = open_[kind];
    while (!open.empty() && dom_[open.back()].end <= at) open.pop_back();
    return open.empty() ? kNoNode : open.back();
}

}  // namespace riptide::core
