/// Clues of text blocks that are found on the way through the page: emphasis, where links lead to,
/// what media stand before the block, and how its text ends.
#pragma once

#include <string_view>
#include <vector>

#include "core/feature_table.h"
#include "core/text_blocks.h"

namespace riptide::core {

/// All values are on the scales of `feature_table.h`.
struct BlockClues {
    std::uint8_t slanted = 0;       ///< Share of the text in `<em>` and `<i>`.
    std::uint8_t strong = 0;        ///< Share of the text in `<strong>` and `<b>`.
    std::uint8_t link_dashes = 0;   ///< Dashes in the addresses of its links, the most of one.
    std::uint8_t outer_links = 0;   ///< Links to other hosts.
    std::uint8_t media_before = 0;  ///< Media since the block before.
    std::uint8_t after_media = 0;   ///< Nodes since the last medium.
    std::uint8_t media_share = 0;   ///< Share of the block in the element that holds that, too.
    std::uint8_t repeats_alt = 0;   ///< Begins as the alternative text of the last image does.
};

/// By block. `url` is the page's address. Linear in the page.
std::vector<BlockClues> read_block_clues(const Dom& dom, const Signals& signals,
                                         const TextBlocks& blocks, std::string_view url);

}  // namespace riptide::core
