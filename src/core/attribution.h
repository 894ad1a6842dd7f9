/// What a block's score rests on: how much each feature adds to it.
///
/// On the way down a tree each answer changes what is to be expected of it, the mean of the leaves
/// that are left; the change is put down to the feature that was asked of (Saabas, "Interpreting
/// random forests", 2014). All changes and the means of whole trees add up to the score.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/forest.h"

namespace riptide::core {

struct Contribution {
    std::size_t feature = 0;
    std::int32_t weight = 0;  ///< Hundredths of log odds.
};

/// The forest must outlive it. Read-only once built.
class Attribution {
public:
    /// Linear in the forest.
    explicit Attribution(const Forest& forest);

    /// At most `most` features of the block, the weightiest first, none without weight. Linear in
    /// the forest.
    [[nodiscard]] std::vector<Contribution> strongest(const FeatureTable& features,
                                                      BlockIndex block, std::size_t most) const;

private:
    const Forest& forest_;
    /// For each tree, by depth and by the answers on the way down: the mean of the leaves that are
    /// left, times their number in a whole tree.
    std::vector<std::int32_t> expected_;
};

}  // namespace riptide::core
