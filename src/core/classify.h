/// Tells content from the rest of the page, block by block, by boosted trees.
#pragma once

#include <riptide/document.h>

#include <array>
#include <cstdint>
#include <vector>

#include "core/block_features.h"
#include "core/block_model.h"
#include "core/second_opinion.h"
#include "core/threshold.h"

namespace riptide::core {

struct Verdict {
    std::vector<std::uint8_t> probability;  ///< Of being content, by block, in 255ths.
    Threshold threshold;
    Reconsidered reconsidered;

    [[nodiscard]] bool keeps(BlockIndex block) const {
        return probability[block] >= threshold.value;
    }
};

/// How much the features that all blocks share speak for each kind of page, as log odds in units of
/// 1 / `kLogitUnit`. A page that says in JSON-LD that it is a discussion is a forum, whatever else
/// it looks like.
std::array<std::int32_t, kPageTypeCount> page_type_scores(const FeatureTable& features);

/// The kind with the highest score, the first of equals; `kOther` without blocks.
PageType tell_page_type(const FeatureTable& features);

/// Linear in the blocks.
Verdict classify(const Dom& dom, const TextBlocks& blocks, const FeatureTable& features);

}  // namespace riptide::core
