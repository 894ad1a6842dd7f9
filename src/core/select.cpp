#include "core/select.h"

#include <algorithm>

#include "core/assemble.h"
#include "core/chars.h"
#include "core/classify.h"
#include "core/later_articles.h"
#include "core/page_analysis.h"

namespace riptide::core {
namespace {

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

}  // namespace

Selection select_article(const Dom& dom, const Metadata& metadata) {
    if (dom.body() == kNoNode) return Selection(dom);
    const PageAnalysis page(dom, metadata);
    const Verdict verdict = classify(page.blocks, page.features);
    ChosenBlocks chosen(page.blocks.size());
    for (BlockIndex b = 0; b < page.blocks.size(); ++b) {
        chosen[b] = verdict.keeps(b) ? 1 : 0;
    }
    for (const NodeId article : find_later_articles(dom, page.signals, metadata.title)) {
        const BlockRange later = page.blocks.inside(article, dom[article].end);
        std::fill(chosen.begin() + later.begin, chosen.begin() + later.end, std::uint8_t{0});
    }
    std::uint32_t chars = 0;
    for (BlockIndex b = 0; b < page.blocks.size(); ++b) {
        if (chosen[b] != 0) chars += page.blocks[b].chars;
    }
    Selection selection = assemble(dom, page.signals, page.blocks, chosen);
    selection.expected_f1 = verdict.expected_f1;
    selection.page_type = tell_page_type(page.features);
    selection.shows_noscript = page.signals.shows_noscript();
    return has_prose(dom, selection, chars) ? std::move(selection) : Selection(dom);
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
