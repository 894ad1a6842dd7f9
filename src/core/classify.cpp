#include "core/classify.h"

#include <algorithm>

#include "core/page_clues.h"

namespace riptide::core {

std::array<std::int32_t, kPageTypeCount> page_type_scores(const FeatureTable& features) {
    constexpr std::int32_t kDeclared = 10 * kLogitUnit;
    std::array<std::int32_t, kPageTypeCount> scores = kPageTypes.scores(features.page());
    if (names_discussion(features.page())) {
        scores[static_cast<std::size_t>(PageType::kForum)] += kDeclared;
    }
    return scores;
}

PageType tell_page_type(const FeatureTable& features) {
    if (features.blocks() == 0) return PageType::kOther;
    const auto scores = page_type_scores(features);
    return static_cast<PageType>(std::ranges::max_element(scores) - scores.begin());
}

Verdict classify(const Dom& dom, const TextBlocks& blocks, const FeatureTable& features) {
    std::vector<std::int32_t> logits = evaluate(kContent, features);
    Verdict verdict;
    verdict.reconsidered = reconsider(dom, blocks, features, logits);
    verdict.probability.resize(logits.size());
    std::transform(logits.begin(), logits.end(), verdict.probability.begin(), probability);
    verdict.threshold = choose_threshold(blocks, logits);
    return verdict;
}

}  // namespace riptide::core
