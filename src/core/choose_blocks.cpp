#include "core/choose_blocks.h"

#include <algorithm>

#include "core/chars.h"
#include "core/keep_together.h"

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
bool has_prose(const Dom& dom, const PageAnalysis& page, const std::vector<Reason>& reasons) {
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
        if (!is_kept(reasons[b]) || !ruled) continue;
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

BlockChoice choose_blocks(const Dom& dom, const PageAnalysis& page) {
    BlockChoice choice{classify(dom, page.blocks, page.features), {}};
    const Verdict& verdict = choice.verdict;
    std::vector<Reason>& reasons = choice.reasons;
    reasons.resize(page.blocks.size(), Reason::kUnlikely);
    for (BlockIndex b = 0; b < page.blocks.size(); ++b) {
        if (verdict.keeps(b)) reasons[b] = Reason::kLikely;
    }
    keep_together(dom, page.blocks, verdict, reasons);
    for (const NodeId article : page.later_articles) {
        const BlockRange later = page.blocks.inside(article, dom[article].end);
        std::fill(reasons.begin() + later.begin, reasons.begin() + later.end,
                  Reason::kLaterArticle);
    }
    if (!has_prose(dom, page, reasons)) {
        std::replace_if(reasons.begin(), reasons.end(), is_kept, Reason::kNoProse);
    }
    return choice;
}

}  // namespace riptide::core
