/// Boosted oblivious decision trees (Kohavi and Li, "Oblivious decision trees, graphs, and top-down
/// pruning", 1995; Prokhorenkova et al., "CatBoost", 2018): all nodes of one level ask the same
/// question, so a tree is a short list of comparisons and a table of leaves.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/feature_table.h"

namespace riptide::core {

inline constexpr std::size_t kTreeDepth = 6;
inline constexpr std::size_t kTreeLeaves = std::size_t{1} << kTreeDepth;
/// Scores are log odds in these parts.
inline constexpr std::int32_t kLogitUnit = 128;

/// "Is the feature greater than the threshold?"
struct Question {
    std::uint8_t feature;
    std::int8_t threshold;  ///< Less `FeatureTable::kBias`.
};

struct Tree {
    Question questions[kTreeDepth];
    /// By the answers, the first one as the lowest bit; in units of 1 / `kLogitUnit`.
    std::int8_t leaves[kTreeLeaves];
};

struct Forest {
    const Tree* trees;
    std::size_t size;
    std::int32_t bias;
};

/// The log odds of each block, in units of 1 / `kLogitUnit`. Linear in blocks and trees.
std::vector<std::int32_t> evaluate(const Forest& forest, const FeatureTable& features);

/// Log odds from -8 to 8 in steps of an eighth; what lies beyond counts as the last step.
inline constexpr std::size_t kLogitSteps = 129;
constexpr std::size_t logit_step(std::int32_t logit) {
    constexpr std::int32_t kStep = kLogitUnit / 8;
    const std::int32_t at = (logit + 8 * kLogitUnit + kStep / 2) / kStep;
    return static_cast<std::size_t>(std::clamp(at, 0, static_cast<std::int32_t>(kLogitSteps) - 1));
}

/// The probability that goes with log odds, in 255ths.
std::uint8_t probability(std::int32_t logit);

/// Trees whose leaves have a value for each of some classes.
template <std::size_t kClasses>
struct ClassForest {
    struct ClassTree {
        Question questions[kTreeDepth];
        std::int8_t leaves[kTreeLeaves][kClasses];
    };
    const ClassTree* trees;
    std::size_t size;
    std::array<std::int32_t, kClasses> bias;

    /// Of each class, in units of 1 / `kLogitUnit`.
    [[nodiscard]] std::array<std::int32_t, kClasses> scores(
        std::span<const std::uint8_t> features) const {
        std::array<std::int32_t, kClasses> scores = bias;
        for (const ClassTree& tree : std::span(trees, size)) {
            std::size_t leaf = 0;
            for (std::size_t level = 0; level < kTreeDepth; ++level) {
                const Question& question = tree.questions[level];
                const int value = features[question.feature] - int{FeatureTable::kBias};
                leaf |= std::size_t{value > question.threshold} << level;
            }
            for (std::size_t c = 0; c < kClasses; ++c) scores[c] += tree.leaves[leaf][c];
        }
        return scores;
    }
};

}  // namespace riptide::core
