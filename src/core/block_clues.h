/// Clues of text blocks that are found on the way through the page: emphasis, and the medium before
/// the block.
#pragma once

#include <vector>

#include "core/feature_table.h"
#include "core/text_blocks.h"

namespace riptide::core {

/// All values are on the scales of `feature_table.h`.
struct BlockClues {
    std::uint8_t slanted = 0;      ///< Share of the text in `<em>` and `<i>`.
    std::uint8_t strong = 0;       ///< Share of the text in `<strong>` and `<b>`.
    std::uint8_t after_media = 0;  ///< Nodes since the latest medium.
    /// Share of the block in the nearest element that holds both that medium and the block: all of
    /// it is a caption.
    std::uint8_t media_share = 0;
};

/// By block. Linear in the page.
std::vector<BlockClues> read_block_clues(const Dom& dom, const Signals& signals,
                                         const TextBlocks& blocks);

}  // namespace riptide::core
