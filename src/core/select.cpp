#include "core/select.h"

#include <optional>

#include "core/chars.h"
#include "core/clean.h"
#include "core/outline.h"
#include "core/score.h"
#include "core/signals.h"
#include "core/wide.h"

namespace riptide::core {
namespace {

/// Less text than this is taken as a sign that too much was left out.
constexpr std::uint32_t kEnoughChars = 500;

/// Shares of the text that may be content, below which the scored choice is given up: on pages that
/// declare themselves articles, and on others.
constexpr double kEnoughOfArticle = 0.03;
constexpr double kEnoughOfPage = 0.35;

constexpr Trust kAttempts[] = {
    {.strip_unlikely = true, .weigh_names = true, .clean_conditionally = true},
    {.strip_unlikely = false, .weigh_names = true, .clean_conditionally = true},
    {.strip_unlikely = false, .weigh_names = false, .clean_conditionally = true},
    {.strip_unlikely = false, .weigh_names = false, .clean_conditionally = false},
};

/// Elements whose own text is no running text.
bool is_caption(Tag tag) {
    return tag == LXB_TAG_A || tag == LXB_TAG_LABEL || tag == LXB_TAG_LEGEND ||
           tag == LXB_TAG_BUTTON;
}

/// Whether there is anything to read: much text of whatever kind, or some running text in an
/// element made for it. Texts without a word are no running text.
bool has_prose(const Dom& dom, const Selection& selection, std::uint32_t chars) {
    constexpr std::uint32_t kEnoughOfAnyKind = 300;
    constexpr std::size_t kEnoughAnywhere = 24;
    constexpr std::size_t kWordBytes = 3;
    if (chars >= kEnoughOfAnyKind) return true;
    std::size_t bytes = 0;
    for (const NodeId root : selection.roots) {
        for (NodeId n = root; n < dom[root].end;) {
            if (selection.dropped.contains(n)) {
                n = dom[n].end;
                continue;
            }
            const NodeId parent = n == root ? root : dom[n].parent;
            const std::string_view text = trim(dom.text(n));
            if (text.size() >= kWordBytes && !is_caption(dom[parent].tag)) {
                bytes += text.size();
                const bool is_made_for_text =
                    dom[parent].tag != LXB_TAG_DIV && dom[parent].tag != LXB_TAG_SPAN;
                if (is_made_for_text || bytes >= kEnoughAnywhere) return true;
            }
            ++n;
        }
    }
    return false;
}

Selection to_selection(const Dom& dom, Choice choice) {
    Selection selection(dom);
    selection.roots.push_back(choice.root);
    selection.dropped = std::move(choice.dropped);
    return selection;
}

}  // namespace

Selection select_article(const Dom& dom, const Metadata& metadata) {
    const Signals signals(dom);
    const Known known{.title = metadata.title};
    std::optional<Choice> best;
    std::uint32_t best_chars = 0;
    for (const Trust& trust : kAttempts) {
        const Outline outline = outline_page(dom, signals, known, trust);
        Choice choice = choose_content(dom, signals, outline, trust);
        if (choice.root == kNoNode) break;
        clean_content(dom, signals, outline, trust, choice);
        const std::uint32_t chars = chosen_chars(dom, signals, choice);
        if (chars > best_chars) {
            best = std::move(choice);
            best_chars = chars;
        }
        // Nothing is left for a laxer attempt to find.
        const bool is_all = chars >= signals[dom.body()].visible.chars;
        if (is_all || chars >= kEnoughChars) break;
    }
    // The page is no article when what scoring chose is a small part of what may be content.
    const double enough = metadata.is_article_type ? kEnoughOfArticle : kEnoughOfPage;
    WideSelection wide = select_wide(dom, signals);
    const bool is_article = best && best->root != dom.body() && best_chars >= enough * wide.chars;
    Selection selection =
        is_article ? to_selection(dom, std::move(*best)) : std::move(wide.selection);
    selection.shows_noscript = signals.shows_noscript();
    return has_prose(dom, selection, is_article ? best_chars : wide.chars) ? std::move(selection)
                                                                           : Selection(dom);
}

Selection select_full(const Dom& dom) {
    const Signals signals(dom);
    Selection selection(dom);
    if (dom.body() == kNoNode) return selection;
    selection.roots.push_back(dom.body());
    selection.shows_noscript = signals.shows_noscript();
    for (NodeId n = dom.body(); n < dom[dom.body()].end; ++n) {
        if (signals[n].is(kHidden)) selection.dropped.insert(n);
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
