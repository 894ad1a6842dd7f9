#include "core/classify.h"

#include <algorithm>

#include "core/block_model.h"

namespace riptide::core {

PageType tell_page_type(const FeatureTable& features) {
    if (features.blocks() == 0) return PageType::kOther;
    return static_cast<PageType>(kPageTypes.best(features.page()));
}

Verdict classify(const TextBlocks& blocks, const FeatureTable& features) {
    const std::vector<std::int32_t> logits = evaluate(kContent, features);
    Verdict verdict;
    verdict.probability.resize(logits.size());
    std::transform(logits.begin(), logits.end(), verdict.probability.begin(), probability);
    verdict.threshold = choose_threshold(blocks, logits);
    return verdict;
}

}  // namespace riptide::core
