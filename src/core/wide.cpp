#include "core/wide.h"

#include <vector>

namespace riptide::core {
namespace {

/// A block that holds this share of the body's text is no clutter, whatever it is called.
constexpr double kTooMuchToDrop = 0.5;
/// Links shorter than this on average are a menu; longer ones are headlines.
constexpr std::uint32_t kMenuLinkChars = 24;
constexpr double kMenuLinkDensity = 0.6;

bool is_block_of_links(Tag tag) {
    switch (tag) {
        case LXB_TAG_UL:
        case LXB_TAG_OL:
        case LXB_TAG_DL:
        case LXB_TAG_DIV:
        case LXB_TAG_SECTION:
        case LXB_TAG_TABLE:
        case LXB_TAG_P:
        case LXB_TAG_HEADER:
        case LXB_TAG_CENTER:
            return true;
        default:
            return false;
    }
}

class Selector {
public:
    Selector(const Dom& dom, const Signals& signals)
        : dom_(dom), signals_(signals), links_(dom.size()) {}

    WideSelection run() {
        WideSelection wide{Selection(dom_)};
        const NodeId body = dom_.body();
        if (body == kNoNode) return wide;
        count_links();
        wide.selection.roots.push_back(body);
        const double all = signals_[body].visible.chars;
        for (NodeId n = body + 1; n < dom_[body].end;) {
            if (dom_[n].is_text()) {
                wide.chars += signals_[n].visible.chars;
                ++n;
                continue;
            }
            if (is_clutter(n, all)) {
                wide.selection.dropped.insert(n);
                n = dom_[n].end;
                continue;
            }
            if (dom_[n].tag == LXB_TAG_A) wide.link_chars += signals_[n].visible.chars;
            ++n;
        }
        return wide;
    }

private:
    void count_links() {
        for (NodeId n = dom_.size(); n-- > 1;) {
            if (dom_[n].tag == LXB_TAG_A && signals_[n].visible.chars > 0) ++links_[n];
            links_[dom_[n].parent] += links_[n];
        }
    }

    [[nodiscard]] bool is_clutter(NodeId id, double all) const {
        const Signal& signal = signals_[id];
        const Tag tag = dom_[id].tag;
        if (signal.is(kHidden)) return true;
        if (has_trait(tag, kControlTag) || has_trait(tag, kEmbedTag)) return true;
        if (signal.visible.chars > kTooMuchToDrop * all) return false;
        if (has_trait(tag, kChromeTag) || signal.is(kSideRole) || signal.is(kModal)) return true;
        const bool unlikely = signal.hints_at(kUnlikelyName) &&
                              !signal.hints_at(kMaybeName | kCommentName) &&
                              !has_trait(tag, kHeadingTag);
        if (unlikely || signal.hints_at(kChromeName | kTeaserName | kShareName)) return true;
        return is_menu(id, tag);
    }

    /// Mostly links, and short ones.
    [[nodiscard]] bool is_menu(NodeId id, Tag tag) const {
        if (!is_block_of_links(tag) || links_[id] < 2) return false;
        const Amounts& text = signals_[id].visible;
        return text.link_density() > kMenuLinkDensity &&
               text.link_tenths / 10 < links_[id] * kMenuLinkChars;
    }

    const Dom& dom_;
    const Signals& signals_;
    std::vector<std::uint32_t> links_;
};

}  // namespace

WideSelection select_wide(const Dom& dom, const Signals& signals) {
    return Selector(dom, signals).run();
}

}  // namespace riptide::core
