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
    NodeId article = kNoNode;
    bool found = false;
    for (NodeId n = 0; n < dom.size(); ++n) {
        const Tag tag = dom[n].tag;
        if (article != kNoNode && n >= dom[article].end) article = kNoNode;
        if (tag == LXB_TAG_ARTICLE && article == kNoNode) article = n;
        if (tag != LXB_TAG_H1 || article == kNoNode || signals[n].is(kHidden)) continue;
        if (found) {
            later.push_back(article);
        } else {
            found = signals[article].visible.chars >= kArticleChars &&
                    signals[n].visible.chars <= kMaxHeadingChars &&
                    title_similarity(title, dom.collapsed_text(n)) > kRepeatsTitle;
            if (!found) continue;
        }
        n = dom[article].end - 1;
        article = kNoNode;
    }
    return later;
}

}  // namespace riptide::core
