#include "core/attribution.h"

#include <algorithm>
#include <cstdlib>

namespace riptide::core {
namespace {

/// One for each way down to each depth, the root and the leaves among them.
constexpr std::size_t kPlaces = 2 * kTreeLeaves - 1;

constexpr std::size_t place(std::size_t depth, std::size_t answers) {
    return (std::size_t{1} << depth) - 1 + answers;
}

}  // namespace

Attribution::Attribution(const Forest& forest) : forest_(forest), expected_(forest.size * kPlaces) {
    for (std::size_t t = 0; t < forest.size; ++t) {
        std::int32_t* tree = expected_.data() + t * kPlaces;
        for (std::size_t leaf = 0; leaf < kTreeLeaves; ++leaf) {
            tree[place(kTreeDepth, leaf)] =
                forest.trees[t].leaves[leaf] * static_cast<std::int32_t>(kTreeLeaves);
        }
        for (std::size_t depth = kTreeDepth; depth-- > 0;) {
            const std::size_t ways = std::size_t{1} << depth;
            for (std::size_t answers = 0; answers < ways; ++answers) {
                // The next answer is the next bit.
                tree[place(depth, answers)] =
                    (tree[place(depth + 1, answers)] + tree[place(depth + 1, answers + ways)]) / 2;
            }
        }
    }
}

std::vector<Contribution> Attribution::strongest(const FeatureTable& features, BlockIndex block,
                                                 std::size_t most) const {
    std::vector<std::int64_t> sums(features.features());
    for (std::size_t t = 0; t < forest_.size; ++t) {
        const std::int32_t* tree = expected_.data() + t * kPlaces;
        std::size_t answers = 0;
        for (std::size_t depth = 0; depth < kTreeDepth; ++depth) {
            const Question& question = forest_.trees[t].questions[depth];
            const int value = features.at(question.feature, block) - int{FeatureTable::kBias};
            const std::size_t next = answers | std::size_t{value > question.threshold} << depth;
            sums[question.feature] += tree[place(depth + 1, next)] - tree[place(depth, answers)];
            answers = next;
        }
    }
    std::vector<Contribution> found;
    constexpr std::int64_t kUnit = std::int64_t{kLogitUnit} * kTreeLeaves;
    for (std::size_t f = 0; f < sums.size(); ++f) {
        const auto weight = static_cast<std::int32_t>(sums[f] * 100 / kUnit);
        if (weight != 0) found.push_back({f, weight});
    }
    std::stable_sort(found.begin(), found.end(), [](const Contribution& a, const Contribution& b) {
        return std::abs(a.weight) > std::abs(b.weight);
    });
    if (found.size() > most) found.resize(most);
    return found;
}

}  // namespace riptide::core
