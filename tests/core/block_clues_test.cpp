#include "core/block_clues.h"

#include <gtest/gtest.h>

#include <string>

namespace riptide::core {
namespace {

std::vector<BlockClues> clues_of(const std::string& html) {
    Truncations truncations;
    const Dom dom = std::move(*Dom::parse("<body>" + html, truncations));
    const Signals signals(dom);
    return read_block_clues(dom, signals, TextBlocks(dom, signals));
}

TEST(BlockClues, measure_emphasis) {
    const auto clues = clues_of("<p><em>all of it</em></p><p>half <b>half</b></p><p>none</p>");
    ASSERT_EQ(clues.size(), 3U);
    EXPECT_EQ(clues[0].slanted, 255);
    EXPECT_EQ(clues[0].strong, 0);
    EXPECT_GT(clues[1].strong, 100);
    EXPECT_LT(clues[1].strong, 170);
    EXPECT_EQ(clues[2].slanted, 0);
}

TEST(BlockClues, a_caption_shares_an_element_with_its_image_alone) {
    const auto clues = clues_of(
        "<p>before</p><div><img src='a.png'><p>caption</p></div>"
        "<p>a text that is much longer than the caption of the image above it</p>");
    ASSERT_EQ(clues.size(), 3U);
    EXPECT_EQ(clues[0].after_media, 255);
    EXPECT_EQ(clues[1].media_share, 255);
    EXPECT_LT(clues[2].media_share, 230);
    EXPECT_GT(clues[2].after_media, clues[1].after_media);
}

}  // namespace
}  // namespace riptide::core
