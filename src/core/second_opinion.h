/// A second look at the blocks that the classifier is in doubt about, once it has an opinion of
/// all.
///
/// Whether a block belongs to the content shows best in whether its surroundings do (stacking;
/// Wolpert, "Stacked generalization", 1992).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/feature_table.h"
#include "core/text_blocks.h"

namespace riptide::core {

/// What the first opinion of the page tells a block, as bytes on scales of features; in the second
/// forest these are the features after those of `read_features`.
inline constexpr std::size_t kOpinions = 18;
using Opinions = std::array<std::uint8_t, kOpinions>;

struct Reconsidered {
    std::vector<BlockIndex> blocks;  ///< In document order.
    std::vector<Opinions> told;      ///< To each of them.
};

/// Replaces the log odds of doubtful blocks, one for each block, by those of a forest that is told
/// of the others. Linear in the blocks.
Reconsidered reconsider(const Dom& dom, const TextBlocks& blocks, const FeatureTable& features,
                        std::vector<std::int32_t>& logits);

}  // namespace riptide::core
