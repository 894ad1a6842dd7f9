#include "core/text_blocks.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace riptide::core {
namespace {

struct Page {
    explicit Page(const std::string& html)
        : dom(std::move(*Dom::parse(html, truncations))), signals(dom), blocks(dom, signals) {}

    [[nodiscard]] std::vector<std::string> texts() const {
        std::vector<std::string> out;
        for (BlockIndex b = 0; b < blocks.size(); ++b) {
            std::string& text = out.emplace_back();
            for (NodeId n = blocks[b].first; n <= blocks[b].last; ++n) text += dom.text(n);
        }
        return out;
    }

    Truncations truncations;
    Dom dom;
    Signals signals;
    TextBlocks blocks;
};

using Texts = std::vector<std::string>;

TEST(TextBlocks, end_where_elements_stand_on_lines_of_their_own) {
    EXPECT_EQ(Page("<div>one<p>two</p>three</div><ul><li>four<li>five</ul>").texts(),
              (Texts{"one", "two", "three", "four", "five"}));
}

TEST(TextBlocks, go_on_through_inline_markup) {
    EXPECT_EQ(Page("<p>one <b>two</b> <a href='/'>three</a></p>").texts(),
              (Texts{"one two three"}));
}

TEST(TextBlocks, end_at_two_line_breaks_but_not_at_one) {
    EXPECT_EQ(Page("<div>one<br>two<br> <br>three</div>").texts(), (Texts{"onetwo", "three"}));
}

TEST(TextBlocks, leave_out_what_is_hidden_or_no_text) {
    EXPECT_EQ(Page("<p>one</p><p hidden>two</p><select><option>three</select>").texts(),
              (Texts{"one"}));
}

TEST(TextBlocks, count_text_and_links) {
    const Page page("<p>abc <a href='/'>de</a> <a href='/'><i>f</i>g</a></p>");
    ASSERT_EQ(page.blocks.size(), 1U);
    EXPECT_EQ(page.blocks[0].chars, 9U);
    EXPECT_EQ(page.blocks[0].links, 2U);
    EXPECT_EQ(page.blocks[0].link_chars, 6U);
}

TEST(TextBlocks, know_the_elements_around_them_that_hold_more_and_more_blocks) {
    const Page page("<main><section><p>one</p><p>two</p></section><p>three</p></main><p>four</p>");
    const auto held = [&page](BlockIndex b, std::size_t scope) {
        const NodeId element = page.blocks[b].scopes[scope];
        return page.blocks.inside(element, page.dom[element].end).size();
    };
    EXPECT_EQ(held(0, 0), 2U);
    EXPECT_EQ(held(0, 1), 3U);
    EXPECT_EQ(held(0, 2), 4U);
    EXPECT_EQ(held(3, 0), 4U);
}

}  // namespace
}  // namespace riptide::core
