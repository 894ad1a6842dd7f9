/// What an HTML tag is to content selection.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>

#include "core/dom.h"

namespace riptide::core {

enum TagTrait : std::uint16_t {
    kPhrasingTag = 1U << 0U,    ///< Part of a line of text (HTML's phrasing content).
    kWrapperTag = 1U << 1U,     ///< Phrasing when all its children are: `<a>`, `<ins>`, `<del>`.
    kBlockTag = 1U << 2U,       ///< Its presence tells that a `<div>` is no paragraph.
    kScoredTag = 1U << 3U,      ///< Its text votes for its ancestors.
    kHeadingTag = 1U << 4U,     ///< `<h1>` to `<h6>`.
    kTextishTag = 1U << 5U,     ///< Usually holds text directly.
    kEmptiableTag = 1U << 6U,   ///< Of no use when it holds nothing.
    kEmbedTag = 1U << 7U,       ///< Embeds a foreign document.
    kControlTag = 1U << 8U,     ///< Part of a form's user interface.
    kListTag = 1U << 9U,        ///< `<ul>` and `<ol>`.
    kTableSignTag = 1U << 10U,  ///< Only tables of data have it.
    kChromeTag = 1U << 11U,     ///< By HTML's definition not the page's main content.
};

namespace tag_traits_detail {

constexpr auto make_table() {
    std::array<std::uint16_t, LXB_TAG__LAST_ENTRY> table{};
    const auto add = [&table](std::uint16_t trait, std::initializer_list<unsigned> tags) {
        for (unsigned tag : tags) table[tag] = static_cast<std::uint16_t>(table[tag] | trait);
    };
    add(kPhrasingTag,
        {LXB_TAG__TEXT,  LXB_TAG_ABBR,     LXB_TAG_AUDIO,    LXB_TAG_B,     LXB_TAG_BDI,
         LXB_TAG_BDO,    LXB_TAG_BR,       LXB_TAG_BUTTON,   LXB_TAG_CITE,  LXB_TAG_CODE,
         LXB_TAG_DATA,   LXB_TAG_DATALIST, LXB_TAG_DFN,      LXB_TAG_EM,    LXB_TAG_EMBED,
         LXB_TAG_FONT,   LXB_TAG_I,        LXB_TAG_IMG,      LXB_TAG_INPUT, LXB_TAG_KBD,
         LXB_TAG_LABEL,  LXB_TAG_MARK,     LXB_TAG_MATH,     LXB_TAG_METER, LXB_TAG_NOSCRIPT,
         LXB_TAG_OBJECT, LXB_TAG_OUTPUT,   LXB_TAG_PROGRESS, LXB_TAG_Q,     LXB_TAG_RUBY,
         LXB_TAG_SAMP,   LXB_TAG_SELECT,   LXB_TAG_SMALL,    LXB_TAG_SPAN,  LXB_TAG_STRONG,
         LXB_TAG_SUB,    LXB_TAG_SUP,      LXB_TAG_TEXTAREA, LXB_TAG_TIME,  LXB_TAG_VAR,
         LXB_TAG_WBR,    LXB_TAG_SVG});
    add(kWrapperTag, {LXB_TAG_A, LXB_TAG_DEL, LXB_TAG_INS});
    add(kBlockTag, {LXB_TAG_BLOCKQUOTE, LXB_TAG_DL, LXB_TAG_DIV, LXB_TAG_IMG, LXB_TAG_OL, LXB_TAG_P,
                    LXB_TAG_PRE, LXB_TAG_TABLE, LXB_TAG_UL});
    add(kScoredTag, {LXB_TAG_SECTION, LXB_TAG_H2, LXB_TAG_H3, LXB_TAG_H4, LXB_TAG_H5, LXB_TAG_H6,
                     LXB_TAG_P, LXB_TAG_TD, LXB_TAG_PRE});
    add(kHeadingTag, {LXB_TAG_H1, LXB_TAG_H2, LXB_TAG_H3, LXB_TAG_H4, LXB_TAG_H5, LXB_TAG_H6});
    add(kTextishTag,
        {LXB_TAG_SPAN, LXB_TAG_LI, LXB_TAG_TD, LXB_TAG_BLOCKQUOTE, LXB_TAG_DL, LXB_TAG_DIV,
         LXB_TAG_IMG, LXB_TAG_OL, LXB_TAG_P, LXB_TAG_PRE, LXB_TAG_TABLE, LXB_TAG_UL, LXB_TAG_FONT});
    add(kEmptiableTag, {LXB_TAG_DIV, LXB_TAG_SECTION, LXB_TAG_HEADER, LXB_TAG_H1, LXB_TAG_H2,
                        LXB_TAG_H3, LXB_TAG_H4, LXB_TAG_H5, LXB_TAG_H6});
    add(kEmbedTag, {LXB_TAG_OBJECT, LXB_TAG_EMBED, LXB_TAG_IFRAME});
    add(kControlTag, {LXB_TAG_INPUT, LXB_TAG_TEXTAREA, LXB_TAG_SELECT, LXB_TAG_BUTTON});
    add(kListTag, {LXB_TAG_UL, LXB_TAG_OL});
    add(kTableSignTag, {LXB_TAG_COL, LXB_TAG_COLGROUP, LXB_TAG_TFOOT, LXB_TAG_THEAD, LXB_TAG_TH});
    add(kChromeTag, {LXB_TAG_NAV, LXB_TAG_FOOTER, LXB_TAG_ASIDE, LXB_TAG_DIALOG});
    return table;
}

inline constexpr auto kTable = make_table();

}  // namespace tag_traits_detail

constexpr bool has_trait(Tag tag, TagTrait trait) {
    return tag < LXB_TAG__LAST_ENTRY && (tag_traits_detail::kTable[tag] & trait) != 0;
}

}  // namespace riptide::core
