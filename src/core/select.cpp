#include "core/select.h"

#include <algorithm>
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

/// A text of this length is a sentence or more.
constexpr std::uint32_t kRunningChars = 80;

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

Selection to_selection(const Dom& dom, const Signals& signals, Choice choice) {
    if (choice.root == dom.body()) {
        // Nothing stands out, so what surrounds content came along.
        for (NodeId n = choice.root; n < dom[choice.root].end; ++n) {
            if (dom[n].tag == LXB_TAG_NAV || signals[n].is(kSideRole)) choice.dropped.insert(n);
        }
    }
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
    if (dom.body() == kNoNode) return Selection(dom);
    WideSelection wide = select_wide(dom, signals);
    const bool is_article = best && !holds_more(dom, signals, metadata, *best, best_chars, wide);
    Selection selection =
        is_article ? to_selection(dom, signals, std::move(*best)) : std::move(wide.selection);
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
