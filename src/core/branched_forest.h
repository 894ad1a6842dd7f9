/// Boosted trees with a question of its own at each node, evaluated without walking them.
///
/// A node asks whether a feature is greater than a threshold. If it is, the way goes to the right,
/// and no leaf on the node's left can be the tree's answer. The first leaf that no node rules out
/// is where a walk ends, in whatever order nodes are asked (Lucchese et al., "QuickScorer: a fast
/// algorithm to rank documents with additive ensembles of regression trees", SIGIR 2015). So they
/// are asked feature by feature in the order of their thresholds, as long as some block has more;
/// and sixteen blocks at a time (Lucchese et al., "Exploiting CPU SIMD extensions to speed-up
/// document scoring with tree ensembles", SIGIR 2016).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/feature_table.h"

namespace riptide::core {

/// Of a tree, numbered from the left.
inline constexpr std::size_t kBranchedLeaves = 16;
/// So many bytes have a bit for each of them.
inline constexpr std::size_t kLeafBytes = kBranchedLeaves / 8;

/// Leaves of one tree that an answer rules out.
struct RuledOut {
    std::uint16_t at;    ///< `kLeafBytes` times the tree, and which of its bytes.
    std::int8_t leaves;  ///< A bit for each.
};

/// "Is the feature greater than the threshold?", for all nodes that ask it.
struct SharedQuestion {
    std::int8_t threshold;  ///< Less `FeatureTable::kBias`.
    /// What a yes rules out begins here, and ends where the next question's begins.
    std::uint16_t begin;
};

struct FeatureQuestions {
    std::uint16_t feature;
    /// Its questions begin here, thresholds ascending, and end where the next feature's begin.
    std::uint16_t begin;
};

/// Features have questions, and a yes rules something out. The lists of both have an entry more, in
/// which only `begin` counts.
struct BranchedForest {
    std::span<const FeatureQuestions> features;  ///< They ascend.
    std::span<const SharedQuestion> questions;
    std::span<const RuledOut> ruled_out;
    /// By tree, in units of 1 / `kLogitUnit`. Of leaves that a tree does not have, any value.
    std::span<const std::array<std::int8_t, kBranchedLeaves>> leaves;
};

/// Evaluates a forest for blocks of one page.
class BranchedScorer {
public:
    using Row = FeatureTable::Row;

    /// `page` are the features from `first_of_page` on, which all blocks share. The forest must
    /// outlive it.
    BranchedScorer(const BranchedForest& forest, std::size_t first_of_page,
                   std::span<const std::uint8_t> page);

    /// The log odds of at most a batch of blocks, in units of 1 / `kLogitUnit`. `rows` are by
    /// feature; those of the page are not read. Linear in the forest.
    void score(const Row* rows, std::span<std::int32_t> scores);

private:
    [[nodiscard]] std::int32_t score_of(const Row* rows, std::size_t lane);

    const BranchedForest& forest_;
    std::size_t page_begin_;  ///< Features of the page, by their place in the forest.
    std::size_t page_end_;
    // Leaves by tree and byte: those that the page leaves, and those that a block does, or a batch.
    std::vector<std::int8_t> possible_;
    std::vector<std::int8_t> left_;
    std::vector<Row> batch_left_;
};

}  // namespace riptide::core
