/// Tells content from the rest of the page, block by block, by boosted trees.
#pragma once

#include <riptide/document.h>

#include <cstdint>
#include <vector>

#include "core/block_features.h"
#include "core/threshold.h"

namespace riptide::core {

struct Verdict {
    std::vector<std::uint8_t> probability;  ///< Of being content, by block, in 255ths.
    Threshold threshold;

    [[nodiscard]] bool keeps(BlockIndex block) const {
        return probability[block] >= threshold.value;
    }
};

/// The kind of the page, from the features that all of its blocks share; `kOther` without blocks.
PageType tell_page_type(const FeatureTable& features);

/// Linear in the blocks.
Verdict classify(const TextBlocks& blocks, const FeatureTable& features);

}  // namespace riptide::core
