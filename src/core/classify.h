/// Tells content from the rest of the page, block by block, by boosted trees.
#pragma once

#include <riptide/document.h>

#include <cstdint>
#include <vector>

#include "core/block_features.h"

namespace riptide::core {

struct Verdict {
    std::vector<std::uint8_t> probability;  ///< Of being content, by block, in 255ths.
    std::uint8_t threshold = 0;             ///< Blocks with at least this probability are content.
    /// F1 that the probabilities let expect of the choice, weighed by code points, in percent.
    std::uint32_t expected_f1 = 0;

    [[nodiscard]] bool keeps(BlockIndex block) const { return probability[block] >= threshold; }
};

/// The kind of the page, from the features that all of its blocks share; `kOther` without blocks.
PageType tell_page_type(const FeatureTable& features);

/// Linear in the blocks.
Verdict classify(const TextBlocks& blocks, const FeatureTable& features);

}  // namespace riptide::core
