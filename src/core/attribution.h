/// What a block's score rests on: how much each feature adds to it.
///
/// On the way down a tree each answer changes what is to be expected of it, the mean of the leaves
/// that are left; the change is put down to the feature that was asked of (Saabas, "Interpreting
/// random forests", 2014). All changes and the means of whole trees add up to the score.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/branched_forest.h"
#include "core/forest.h"

namespace riptide::core {

/// How much each feature adds, in units of 1 / `kLogitUnit`.
using Weights = std::vector<double>;

/// The forest must outlive it. Read-only once built.
class Attribution {
public:
    /// Linear in the forest.
    explicit Attribution(const Forest& forest);

    /// Of a block with these features. Linear in the forest.
    [[nodiscard]] Weights of(std::span<const std::uint8_t> features) const;

private:
    const Forest& forest_;
    /// For each tree, by depth and by the answers on the way down: the mean of the leaves that are
    /// left, times their number in a whole tree.
    std::vector<std::int32_t> expected_;
};

/// The same for a forest with questions at each node, of which no way down has one twice.
class BranchedAttribution {
public:
    /// Linear in the forest.
    explicit BranchedAttribution(const BranchedForest& forest);

    /// Of a block with these features. Linear in the forest.
    [[nodiscard]] Weights of(std::span<const std::uint8_t> features) const;

private:
    /// Of its leaves, those from `begin` to `middle` are on the left.
    struct Node {
        std::size_t begin;
        std::size_t middle;
        std::size_t feature;
        std::int8_t threshold;
    };

    void add_node(const RuledOut& out, std::size_t feature, std::int8_t threshold);

    const BranchedForest& forest_;
    std::vector<std::vector<Node>> trees_;
};

struct Contribution {
    std::size_t feature = 0;
    std::int32_t weight = 0;  ///< Hundredths of log odds.
};

/// At most `most` features, the weightiest first, none without weight.
std::vector<Contribution> strongest(const Weights& weights, std::size_t most);

}  // namespace riptide::core
