#include "core/repeats.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace riptide::core {
namespace {

struct Page {
    explicit Page(const std::string& html)
        : dom(std::move(*Dom::parse("<body>" + html, truncations))),
          signals(dom),
          blocks(dom, signals),
          chars(blocks.size()) {
        std::vector<std::uint64_t> texts;
        for (BlockIndex b = 0; b < blocks.size(); ++b) {
            chars.push(blocks[b].chars);
            texts.push_back(blocks[b].chars);
        }
        repeats =
            std::make_unique<Repeats>(dom, signals, blocks, texts,
                                      BlockAmounts{.all = chars, .prose = chars, .article = chars});
    }

    Truncations truncations;
    Dom dom;
    Signals signals;
    TextBlocks blocks;
    PrefixSums chars;
    std::unique_ptr<Repeats> repeats;
};

TEST(Repeats, cards_are_made_from_one_template) {
    const Page page(
        "<div><section><h3>one</h3><p>1 pound</p></section><section><h3>three</h3><p>3 pounds</p>"
        "</section><section><h3>seven</h3><p>7 pounds</p></section></div>");
    ASSERT_EQ(page.blocks.size(), 6U);
    EXPECT_EQ(page.repeats->template_of(page.blocks[0].scopes[0]).elements, 3U);
    EXPECT_EQ(page.repeats->group(0).blocks, 3U);
    EXPECT_TRUE(page.repeats->are_alike(0, 2));
    EXPECT_FALSE(page.repeats->are_alike(0, 1));
}

TEST(Repeats, most_prose_is_the_main_group) {
    const Page page("<h2>short</h2><p>a text of many more words</p><p>and one</p><h2>end</h2>");
    EXPECT_TRUE(page.repeats->is_main(1));
    EXPECT_FALSE(page.repeats->is_main(0));
    EXPECT_EQ(page.repeats->main_range().begin, 1U);
    EXPECT_EQ(page.repeats->main_range().end, 3U);
}

TEST(Repeats, a_page_without_blocks_has_none) {
    EXPECT_EQ(Page("").repeats->main_range().size(), 0U);
}

}  // namespace
}  // namespace riptide::core
