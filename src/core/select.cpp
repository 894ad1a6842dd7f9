#include "core/select.h"

#include <algorithm>

#include "core/assemble.h"
#include "core/choose_blocks.h"

namespace riptide::core {

Selection select_article(const Dom& dom, const Metadata& metadata) {
    if (dom.body() == kNoNode) return Selection(dom);
    const PageAnalysis page(dom, metadata);
    const BlockChoice choice = choose_blocks(dom, page);
    ChosenBlocks chosen(page.blocks.size());
    std::transform(choice.reasons.begin(), choice.reasons.end(), chosen.begin(), is_kept);
    Selection selection = assemble(dom, page.signals, page.blocks, chosen);
    if (selection.roots.empty()) return selection;
    selection.expected_f1 = choice.verdict.threshold.expected_f1;
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
        if (signals[n].is_out_of_sight() && !signals.holds_lazy_images(dom, n)) {
            selection.dropped.insert(n);
        }
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
