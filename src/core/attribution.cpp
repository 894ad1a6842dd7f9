#include "core/attribution.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <numeric>

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

Weights Attribution::of(std::span<const std::uint8_t> features) const {
    std::vector<std::int32_t> sums(features.size());
    for (std::size_t t = 0; t < forest_.size; ++t) {
        const std::int32_t* tree = expected_.data() + t * kPlaces;
        std::size_t answers = 0;
        for (std::size_t depth = 0; depth < kTreeDepth; ++depth) {
            const Question& question = forest_.trees[t].questions[depth];
            const bool yes = FeatureTable::biased(features[question.feature]) > question.threshold;
            const std::size_t next = answers | std::size_t{yes} << depth;
            sums[question.feature] += tree[place(depth + 1, next)] - tree[place(depth, answers)];
            answers = next;
        }
    }
    Weights weights(sums.size());
    std::transform(sums.begin(), sums.end(), weights.begin(),
                   [](std::int32_t sum) { return static_cast<double>(sum) / kTreeLeaves; });
    return weights;
}

BranchedAttribution::BranchedAttribution(const BranchedForest& forest)
    : forest_(forest), trees_(forest.leaves.size()) {
    for (std::size_t f = 0; f + 1 < forest.features.size(); ++f) {
        const FeatureQuestions* const of = &forest.features[f];
        for (std::size_t q = of[0].begin; q < of[1].begin; ++q) {
            const SharedQuestion* const asked = &forest.questions[q];
            for (std::size_t at = asked[0].begin; at < asked[1].begin; ++at) {
                add_node(forest.ruled_out[at], of->feature, asked->threshold);
            }
        }
    }
}

void BranchedAttribution::add_node(const RuledOut& out, std::size_t feature,
                                   std::int8_t threshold) {
    const auto bits = static_cast<std::uint8_t>(out.leaves);
    const std::size_t begin =
        out.at % kLeafBytes * 8 + static_cast<std::size_t>(std::countr_zero(bits));
    const std::size_t middle = begin + static_cast<std::size_t>(std::popcount(bits));
    std::vector<Node>& tree = trees_[out.at / kLeafBytes];
    // What a node has on its left goes on in the next byte.
    if (!tree.empty() && tree.back().feature == feature && tree.back().threshold == threshold &&
        tree.back().middle == begin) {
        tree.back().middle = middle;
    } else {
        tree.push_back({begin, middle, feature, threshold});
    }
}

Weights BranchedAttribution::of(std::span<const std::uint8_t> features) const {
    Weights weights(features.size());
    for (std::size_t t = 0; t < trees_.size(); ++t) {
        const auto& leaves = forest_.leaves[t];
        const auto expected = [&leaves](std::size_t begin, std::size_t end) {
            return std::accumulate(leaves.begin() + begin, leaves.begin() + end, 0.0) /
                   static_cast<double>(end - begin);
        };
        std::size_t begin = 0;
        std::size_t end = trees_[t].size() + 1;
        while (end - begin > 1) {
            // Of the nodes that begin here, the upper one has most on its left.
            const Node* upper = nullptr;
            for (const Node& node : trees_[t]) {
                if (node.begin == begin && node.middle < end &&
                    (upper == nullptr || node.middle > upper->middle)) {
                    upper = &node;
                }
            }
            const double before = expected(begin, end);
            if (FeatureTable::biased(features[upper->feature]) > upper->threshold) {
                begin = upper->middle;
            } else {
                end = upper->middle;
            }
            weights[upper->feature] += expected(begin, end) - before;
        }
    }
    return weights;
}

std::vector<Contribution> strongest(const Weights& weights, std::size_t most) {
    std::vector<Contribution> found;
    for (std::size_t f = 0; f < weights.size(); ++f) {
        const auto weight = static_cast<std::int32_t>(weights[f] * 100 / kLogitUnit);
        if (weight != 0) found.push_back({f, weight});
    }
    std::stable_sort(found.begin(), found.end(), [](const Contribution& a, const Contribution& b) {
        return std::abs(a.weight) > std::abs(b.weight);
    });
    if (found.size() > most) found.resize(most);
    return found;
}

}  // namespace riptide::core
