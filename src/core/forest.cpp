#include "core/forest.h"

#include <algorithm>

#include "core/block_model.h"

namespace riptide::core {

std::vector<std::int32_t> evaluate(const Forest& forest, const FeatureTable& features) {
    const BlockIndex blocks = features.blocks();
    std::vector<std::int32_t> scores(blocks, forest.bias);
    std::vector<std::uint8_t> leaves(blocks);
    for (std::size_t t = 0; t < forest.size; ++t) {
        const Tree& tree = forest.trees[t];
        std::fill(leaves.begin(), leaves.end(), std::uint8_t{0});
        for (std::size_t level = 0; level < kTreeDepth; ++level) {
            const std::uint8_t* column = features.column(tree.questions[level].feature);
            const std::uint8_t threshold = tree.questions[level].threshold;
            const auto bit = static_cast<std::uint8_t>(1U << level);
            // Simple enough for the compiler to take sixteen blocks at a time.
            for (BlockIndex b = 0; b < blocks; ++b) {
                leaves[b] =
                    static_cast<std::uint8_t>(leaves[b] | (column[b] > threshold ? bit : 0U));
            }
        }
        for (BlockIndex b = 0; b < blocks; ++b) scores[b] += tree.leaves[leaves[b]];
    }
    return scores;
}

std::uint8_t probability(std::int32_t logit) {
    // The table has a step for each eighth of a unit of log odds, from -8 to 8.
    constexpr std::int32_t kStep = kLogitUnit / 8;
    const std::int32_t at = (logit + 8 * kLogitUnit + kStep / 2) / kStep;
    return kProbabilities[std::clamp(at, 0, static_cast<std::int32_t>(kProbabilities.size()) - 1)];
}

}  // namespace riptide::core
