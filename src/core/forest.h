/// Boosted oblivious decision trees (Kohavi and Li, "Oblivious decision trees, graphs, and top-down
/// pruning", 1995; Prokhorenkova et al., "CatBoost", 2018): all nodes of one level ask the same
/// question, so a tree is a short list of comparisons and a table of leaves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/feature_table.h"

namespace riptide::core {

inline constexpr std::size_t kTreeDepth = 6;

/// "Is the feature greater than the threshold?"
struct Question {
    std::uint8_t feature;
    std::uint8_t threshold;
};

struct Tree {
    Question questions[kTreeDepth];
    /// By the answers, the first one as the lowest bit; in units of 1 / `kLogitUnit`.
    std::int16_t leaves[std::size_t{1} << kTreeDepth];
};

/// Scores are log odds in these parts.
inline constexpr std::int32_t kLogitUnit = 1024;

struct Forest {
    const Tree* trees;
    std::size_t size;
    std::int32_t bias;
};

/// The log odds of each block, in units of 1 / `kLogitUnit`. Linear in blocks and trees.
std::vector<std::int32_t> evaluate(const Forest& forest, const FeatureTable& features);

/// The probability that goes with log odds, in 255ths.
std::uint8_t probability(std::int32_t logit);

}  // namespace riptide::core
