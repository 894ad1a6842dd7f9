#include "core/select.h"

#include <optional>

#include "core/clean.h"
#include "core/outline.h"
#include "core/score.h"
#include "core/signals.h"

namespace riptide::core {
namespace {

/// Less text than this is taken as a sign that too much was left out.
constexpr std::uint32_t kEnoughChars = 500;

constexpr Trust kAttempts[] = {
    {.strip_unlikely = true, .weigh_names = true, .clean_conditionally = true},
    {.strip_unlikely = false, .weigh_names = true, .clean_conditionally = true},
    {.strip_unlikely = false, .weigh_names = false, .clean_conditionally = true},
    {.strip_unlikely = false, .weigh_names = false, .clean_conditionally = false},
};

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
        if (chars >= kEnoughChars) break;
    }
    return best ? to_selection(dom, std::move(*best)) : Selection(dom);
}

Selection select_full(const Dom& dom) {
    const Signals signals(dom);
    Selection selection(dom);
    if (dom.body() == kNoNode) return selection;
    selection.roots.push_back(dom.body());
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
