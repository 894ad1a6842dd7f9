#include "core/later_articles.h"

#include "core/title_match.h"

namespace riptide::core {

std::vector<NodeId> find_later_articles(const Dom& dom, const Signals& signals,
                                        std::string_view title) {
    constexpr double kRepeatsTitle = 0.75;
    constexpr std::uint32_t kMaxHeadingChars = 500;
    /// Less is a teaser, whose heading may well be the page's title.
    constexpr std::uint32_t kArticleChars = 1000;
    std::vector<NodeId> later;
    if (title.empty()) return later;
    std::vector<NodeId> open;  // articles around the node, the innermost last
    NodeId first = kNoNode;
    for (NodeId n = 0; n < dom.size(); ++n) {
        while (!open.empty() && n >= dom[open.back()].end) open.pop_back();
        const Tag tag = dom[n].tag;
        if (tag == LXB_TAG_ARTICLE) open.push_back(n);
        if (tag != LXB_TAG_H1 || open.empty() || signals[n].is(kHidden)) continue;
        const NodeId article = open.back();
        if (first != kNoNode) {
            if (dom.contains(article, first)) continue;
            later.push_back(article);
        } else {
            const bool is_first = signals[article].visible.chars >= kArticleChars &&
                                  signals[n].visible.chars <= kMaxHeadingChars &&
                                  title_similarity(title, dom.collapsed_text(n)) > kRepeatsTitle;
            if (!is_first) continue;
            first = article;
        }
        n = dom[article].end - 1;
    }
    return later;
}

}  // namespace riptide::core
