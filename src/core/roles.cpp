#include "core/roles.h"

#include <initializer_list>

namespace riptide::core {
namespace {

using Table = std::array<Role, LXB_TAG__LAST_ENTRY>;

constexpr void put(Table& table, Role role, std::initializer_list<unsigned> tags) {
    for (const unsigned tag : tags) table[tag] = role;
}

constexpr Table kRoles = [] {
    Table t{};
    put(t, Role::kBlock,
        {LXB_TAG_ADDRESS, LXB_TAG_ARTICLE,  LXB_TAG_ASIDE,  LXB_TAG_BODY,     LXB_TAG_CENTER,
         LXB_TAG_DETAILS, LXB_TAG_DIALOG,   LXB_TAG_DIV,    LXB_TAG_FIELDSET, LXB_TAG_FOOTER,
         LXB_TAG_FORM,    LXB_TAG_FRAMESET, LXB_TAG_HEADER, LXB_TAG_HGROUP,   LXB_TAG_HTML,
         LXB_TAG_LEGEND,  LXB_TAG_MAIN,     LXB_TAG_NAV,    LXB_TAG_SEARCH,   LXB_TAG_SECTION,
         LXB_TAG_SUMMARY, LXB_TAG_MARQUEE});
    put(t, Role::kSkip,
        {LXB_TAG_HEAD,     LXB_TAG_TITLE,    LXB_TAG_META,     LXB_TAG_LINK,     LXB_TAG_BASE,
         LXB_TAG_SCRIPT,   LXB_TAG_STYLE,    LXB_TAG_TEMPLATE, LXB_TAG_SVG,      LXB_TAG_SELECT,
         LXB_TAG_DATALIST, LXB_TAG_TEXTAREA, LXB_TAG_INPUT,    LXB_TAG_CANVAS,   LXB_TAG_NOFRAMES,
         LXB_TAG_NOEMBED,  LXB_TAG_SOURCE,   LXB_TAG_TRACK,    LXB_TAG_PARAM,    LXB_TAG_AREA,
         LXB_TAG_FRAME,    LXB_TAG_RP,       LXB_TAG_METER,    LXB_TAG_PROGRESS, LXB_TAG_APPLET});
    put(t, Role::kStrong, {LXB_TAG_B, LXB_TAG_STRONG});
    put(t, Role::kEmphasis, {LXB_TAG_I, LXB_TAG_EM, LXB_TAG_CITE, LXB_TAG_DFN, LXB_TAG_VAR});
    put(t, Role::kDeleted, {LXB_TAG_DEL, LXB_TAG_S, LXB_TAG_STRIKE});
    put(t, Role::kCode, {LXB_TAG_CODE, LXB_TAG_KBD, LXB_TAG_SAMP, LXB_TAG_TT});
    put(t, Role::kSub, {LXB_TAG_SUB});
    put(t, Role::kSup, {LXB_TAG_SUP});
    put(t, Role::kAnchor, {LXB_TAG_A});
    put(t, Role::kQuotation, {LXB_TAG_Q});
    put(t, Role::kRuby, {LXB_TAG_RT});
    put(t, Role::kMath, {LXB_TAG_MATH});
    put(t, Role::kBreak, {LXB_TAG_BR});
    put(t, Role::kImage, {LXB_TAG_IMG});
    put(t, Role::kPlayer, {LXB_TAG_VIDEO, LXB_TAG_AUDIO});
    put(t, Role::kEmbed, {LXB_TAG_IFRAME, LXB_TAG_EMBED, LXB_TAG_OBJECT});
    put(t, Role::kNoScript, {LXB_TAG_NOSCRIPT});
    put(t, Role::kParagraph, {LXB_TAG_P});
    put(t, Role::kHeading,
        {LXB_TAG_H1, LXB_TAG_H2, LXB_TAG_H3, LXB_TAG_H4, LXB_TAG_H5, LXB_TAG_H6});
    put(t, Role::kList, {LXB_TAG_UL, LXB_TAG_OL, LXB_TAG_MENU, LXB_TAG_DIR});
    put(t, Role::kItem, {LXB_TAG_LI});
    put(t, Role::kDefinitions, {LXB_TAG_DL});
    put(t, Role::kTerm, {LXB_TAG_DT});
    put(t, Role::kDescription, {LXB_TAG_DD});
    put(t, Role::kQuote, {LXB_TAG_BLOCKQUOTE});
    put(t, Role::kFigure, {LXB_TAG_FIGURE});
    put(t, Role::kFigureCaption, {LXB_TAG_FIGCAPTION});
    put(t, Role::kPreformatted, {LXB_TAG_PRE, LXB_TAG_LISTING, LXB_TAG_XMP, LXB_TAG_PLAINTEXT});
    put(t, Role::kTable, {LXB_TAG_TABLE});
    put(t, Role::kTableCaption, {LXB_TAG_CAPTION});
    put(t, Role::kRowGroup, {LXB_TAG_TBODY, LXB_TAG_THEAD, LXB_TAG_TFOOT});
    put(t, Role::kRow, {LXB_TAG_TR});
    put(t, Role::kCell, {LXB_TAG_TD, LXB_TAG_TH});
    put(t, Role::kRule, {LXB_TAG_HR});
    return t;
}();

}  // namespace

Role role_of(Tag tag) { return tag < kRoles.size() ? kRoles[tag] : Role::kInline; }

}  // namespace riptide::core
