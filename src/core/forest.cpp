#include "core/forest.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/block_model.h"

namespace riptide::core {

namespace {

constexpr std::size_t kLanes = FeatureTable::kBatch;

/// A byte for each block of a batch (a vector extension of GCC and Clang, which targets without
/// such registers do without).
using Lanes [[gnu::vector_size(kLanes)]] = std::uint8_t;

/// Which leaf of the tree each block of a batch comes to.
Lanes leaves_of(const Tree& tree, const std::uint8_t* batch) {
    Lanes leaves{};
    for (std::size_t level = 0; level < kTreeDepth; ++level) {
        const Question& question = tree.questions[level];
        Lanes values;
        std::memcpy(&values, batch + question.feature * kLanes, sizeof values);
        const auto yes = reinterpret_cast<Lanes>(values > question.threshold);
        leaves |= yes & static_cast<std::uint8_t>(1U << level);
    }
    return leaves;
}

}  // namespace

std::vector<std::int32_t> evaluate(const Forest& forest, const FeatureTable& features) {
    std::vector<std::int32_t> scores(features.blocks(), forest.bias);
    for (std::size_t t = 0; t < forest.size; ++t) {
        const Tree& tree = forest.trees[t];
        for (BlockIndex batch = 0; batch < features.batches(); ++batch) {
            std::array<std::uint8_t, kLanes> leaves;
            const Lanes found = leaves_of(tree, features.batch(batch));
            std::memcpy(leaves.data(), &found, sizeof found);
            const std::size_t first = std::size_t{batch} * kLanes;
            const std::size_t used = std::min(kLanes, scores.size() - first);
            for (std::size_t lane = 0; lane < used; ++lane) {
                scores[first + lane] += tree.leaves[leaves[lane]];
            }
        }
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
