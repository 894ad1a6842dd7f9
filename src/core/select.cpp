#include "core/select.h"

#include <algorithm>

#include "core/assemble.h"
#include "core/chars.h"
#include "core/classify.h"
#include "core/page_analysis.h"

namespace riptide::core {
namespace {

/// A page to sign in at, or one with a box for it.
bool asks_for_password(const Dom& dom) {
    for (NodeId n = 0; n < dom.size(); ++n) {
        if (dom[n].tag == LXB_TAG_INPUT &&
            ascii_iequals(dom.attribute(n, LXB_DOM_ATTR_TYPE), "password")) {
            return true;
        }
    }
    return false;
}

/// Whether there is anything to read: much text of whatever kind, or some running text in an
/// element made for it; where a password is asked for, a sentence. Only what the rules take for
/// content, too, counts.
bool has_prose(const Dom& dom, const PageAnalysis& page, const ChosenBlocks& chosen) {
    constexpr std::uint32_t kEnoughOfAnyKind = 300;
    constexpr std::uint32_t kEnoughAnywhere = 24;
    constexpr std::uint32_t kWordChars = 3;
    constexpr std::uint32_t kSentenceChars = 80;
    std::uint32_t chars = 0;
    std::uint32_t unlinked = 0;
    const bool little_is_form = asks_for_password(dom);
    for (BlockIndex b = 0; b < page.blocks.size(); ++b) {
        const bool ruled =
            page.rulings.article[b] == Ruling::kKept || page.rulings.whole[b] == Ruling::kKept;
        if (chosen[b] == 0 || !ruled) continue;
        const TextBlock& block = page.blocks[b];
        chars += block.chars;
        const Tag tag = dom[block.container].tag;
        const std::uint32_t own = block.chars - block.link_chars;
        if (own < kWordChars || has_trait(tag, kControlTag) || tag == LXB_TAG_LEGEND) continue;
        unlinked += own;
        if (little_is_form && own < kSentenceChars) continue;
        if (tag != LXB_TAG_DIV || unlinked >= kEnoughAnywhere) return true;
    }
    return chars >= kEnoughOfAnyKind;
}

}  // namespace

Selection select_article(const Dom& dom, const Metadata& metadata) {
    if (dom.body() == kNoNode) return Selection(dom);
    const PageAnalysis page(dom, metadata);
    const Verdict verdict = classify(page.blocks, page.features);
    constexpr std::uint8_t kLikelyCaption = 128;  // one half
    ChosenBlocks chosen(page.blocks.size());
    for (BlockIndex b = 0; b < page.blocks.size(); ++b) {
        // Without its caption a figure tells less than it shows.
        const bool is_caption = dom[page.blocks[b].container].tag == LXB_TAG_FIGCAPTION &&
                                verdict.probability[b] > kLikelyCaption;
        chosen[b] = verdict.keeps(b) || is_caption ? 1 : 0;
    }
    for (const NodeId article : page.later_articles) {
        const BlockRange later = page.blocks.inside(article, dom[article].end);
        std::fill(chosen.begin() + later.begin, chosen.begin() + later.end, std::uint8_t{0});
    }
    if (!has_prose(dom, page, chosen)) return Selection(dom);
    Selection selection = assemble(dom, page.signals, page.blocks, chosen);
    selection.expected_f1 = verdict.expected_f1;
    selection.page_type = tell_page_type(page.features);
    selection.shows_noscript = page.signals.is_shell();
    return selection;
}

Selection select_full(const Dom& dom) {
    const Signals signals(dom);
    Selection selection(dom);
    if (dom.body() == kNoNode) return selection;
    selection.roots.push_back(dom.body());
    selection.shows_noscript = signals.is_shell();
    for (NodeId n = dom.body(); n < dom[dom.body()].end; ++n) {
        if (signals[n].is_out_of_sight()) selection.dropped.insert(n);
    }
    return selection;
}

Result<Selection> select_custom(const Dom& dom, const std::vector<std::string>& selectors) {
    Result<std::vector<NodeId>> matches = dom.select(selectors);
    if (!matches) return tl::unexpected(std::move(matches.error()));
    Selection selection(dom);
    NodeId end = 0;
    for (NodeId id : *matches) {
        if (id < end) continue;
        selection.roots.push_back(id);
        end = dom[id].end;
    }
    return selection;
}

}  // namespace riptide::core
