/// From how likely each block is content to what is chosen.
#pragma once

#include <cstdint>
#include <vector>

#include "core/text_blocks.h"

namespace riptide::core {

struct Threshold {
    std::uint8_t value = 0;  ///< Blocks with at least this probability, in 255ths, are content.
    /// F1 that the probabilities let expect of the choice, weighed by code points, in percent.
    std::uint32_t expected_f1 = 0;
};

/// The one with the highest expected F: of all choices of a size, that of the likeliest blocks is
/// best (Lewis, "Evaluating and optimizing autonomous text classification systems", 1995).
/// `logits` are the blocks' log odds. Linear in the blocks.
Threshold choose_threshold(const TextBlocks& blocks, const std::vector<std::int32_t>& logits);

}  // namespace riptide::core
