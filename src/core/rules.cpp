#include "core/rules.h"

#include <algorithm>

#include "core/chars.h"
#include "core/clean.h"
#include "core/outline.h"

namespace riptide::core {
namespace {

/// Less text than this is taken as a sign that too much was left out.
constexpr std::uint32_t kEnoughChars = 500;

/// A text of this length is a sentence or more.
constexpr std::uint32_t kRunningChars = 80;

constexpr Trust kAttempts[] = {
    {.strip_unlikely = true, .weigh_names = true, .clean_conditionally = true},
    {.strip_unlikely = false, .weigh_names = true, .clean_conditionally = true},
    {.strip_unlikely = false, .weigh_names = false, .clean_conditionally = true},
    {.strip_unlikely = false, .weigh_names = false, .clean_conditionally = false},
};

/// Code points in texts long enough to be sentences, outside of links.
std::uint32_t running_chars(const Dom& dom, const Signals& signals, NodeId root,
                            const NodeSet& dropped) {
    std::uint32_t running = 0;
    for (NodeId n = root; n < dom[root].end;) {
        if (dropped.contains(n) || dom[n].tag == LXB_TAG_A) {
            n = dom[n].end;
            continue;
        }
        // Scripts of three bytes a character say in it what others say in two or more.
        const auto bytes = static_cast<std::uint32_t>(trim(dom.text(n)).size());
        const std::uint32_t chars =
            dom[n].is_text() ? std::max(signals[n].visible.chars, bytes / 2) : 0;
        if (chars >= kRunningChars) running += chars;
        ++n;
    }
    return running;
}

/// Whether the page is more than the article found in it: the article has no text to speak of, or
/// is a small part. A page that declares itself an article is believed.
bool holds_more(const Dom& dom, const Signals& signals, const Metadata& metadata,
                const Choice& article, std::uint32_t article_chars, const WideSelection& wide) {
    constexpr std::uint32_t kShortArticle = 1500;
    constexpr std::uint32_t kMuchMore = 1000;
    constexpr std::uint32_t kLittleRunning = 400;
    constexpr std::uint32_t kMoreRunning = 500;
    if (metadata.is_article_type) {
        return article_chars < kShortArticle && article_chars < 0.3 * wide.chars &&
               wide.chars > article_chars + kMuchMore;
    }
    if (article_chars < 0.5 * wide.chars) return true;
    const std::uint32_t part = running_chars(dom, signals, article.root, article.dropped);
    if (part < kLittleRunning) return true;
    const std::uint32_t whole =
        running_chars(dom, signals, wide.selection.roots.front(), wide.selection.dropped);
    return part < 0.5 * whole && whole > part + kMoreRunning;
}

/// By block: a block is where its first text is.
std::vector<Ruling> rule_blocks(const Dom& dom, const TextBlocks& blocks, NodeId root,
                                const NodeSet& removed, const NodeSet& dropped) {
    std::vector<Ruling> rulings(blocks.size(), Ruling::kOutside);
    const BlockRange inside = blocks.inside(root, dom[root].end);
    BlockIndex b = inside.begin;
    for (NodeId n = root; b < inside.end;) {
        if (!dropped.contains(n)) {
            if (blocks[b].first == n++) rulings[b++] = Ruling::kKept;
            continue;
        }
        const Ruling ruling = removed.contains(n) ? Ruling::kRemoved : Ruling::kCleaned;
        n = dom[n].end;
        while (b < inside.end && blocks[b].first < n) rulings[b++] = ruling;
    }
    return rulings;
}

}  // namespace

RuleChoice choose_by_rules(const Dom& dom, const Signals& signals, const Metadata& metadata) {
    RuleChoice best(dom);
    best.whole = select_wide(dom, signals);
    const Known known{.title = metadata.title};
    for (const Trust& trust : kAttempts) {
        Outline outline = outline_page(dom, signals, known, trust);
        Choice choice = choose_content(dom, signals, outline, trust);
        if (choice.root == kNoNode) break;
        clean_content(dom, signals, outline, trust, choice);
        const std::uint32_t chars = chosen_chars(dom, signals, choice);
        best.attempts.push_back(chars);
        if (chars > best.article_chars) {
            best.article = std::move(choice);
            best.removed = std::move(outline.removed);
            best.article_chars = chars;
        }
        // Nothing is left for a laxer attempt to find.
        const bool is_all = chars >= signals[dom.body()].visible.chars;
        if (is_all || chars >= kEnoughChars) break;
    }
    best.prefers_article = best.article && !holds_more(dom, signals, metadata, *best.article,
                                                       best.article_chars, best.whole);
    return best;
}

Rulings rule_all(const Dom& dom, const TextBlocks& blocks, const RuleChoice& choice) {
    Rulings rulings;
    rulings.prefers_article = choice.prefers_article;
    if (choice.article) {
        const Choice& article = *choice.article;
        rulings.article = rule_blocks(dom, blocks, article.root, choice.removed, article.dropped);
    } else {
        rulings.article.resize(blocks.size(), Ruling::kOutside);
    }
    const Selection& whole = choice.whole.selection;
    rulings.whole =
        rule_blocks(dom, blocks, whole.roots.front(), NodeSet(dom.size()), whole.dropped);
    return rulings;
}

}  // namespace riptide::core
