#include "core/assemble.h"

#include <gtest/gtest.h>

#include <string>

namespace riptide::core {
namespace {

struct Page {
    Page(const std::string& html, const ChosenBlocks& chosen)
        : dom(std::move(*Dom::parse(html, truncations))),
          signals(dom),
          blocks(dom, signals),
          selection(assemble(dom, signals, blocks, chosen)) {
        EXPECT_EQ(chosen.size(), blocks.size());
    }

    /// Texts and the tags of media that are kept.
    [[nodiscard]] std::string kept() const {
        std::string out;
        for (const NodeId root : selection.roots) {
            for (NodeId n = root; n < dom[root].end;) {
                if (selection.dropped.contains(n)) {
                    n = dom[n].end;
                    continue;
                }
                out += dom[n].tag == LXB_TAG_IMG ? std::string_view("[img]") : dom.text(n);
                ++n;
            }
        }
        return out;
    }

    Truncations truncations;
    Dom dom;
    Signals signals;
    TextBlocks blocks;
    Selection selection;
};

TEST(Assemble, keeps_chosen_blocks_in_the_nearest_common_element) {
    const Page page("<div><p>a</p></div><main><p>b</p><p>c</p><p>d</p></main>", {0, 1, 0, 1});
    EXPECT_EQ(page.kept(), "bd");
    ASSERT_EQ(page.selection.roots.size(), 1U);
    EXPECT_EQ(page.dom[page.selection.roots[0]].tag, LXB_TAG_MAIN);
}

TEST(Assemble, has_no_roots_when_nothing_is_chosen) {
    EXPECT_TRUE(Page("<p>a</p>", {0}).selection.roots.empty());
}

TEST(Assemble, keeps_text_that_goes_on_after_a_block_that_is_left_out) {
    EXPECT_EQ(Page("<div>a<p>b</p>c</div>", {1, 0, 1}).kept(), "ac");
}

TEST(Assemble, keeps_a_chosen_block_whole) {
    EXPECT_EQ(Page("<p>a <b>b</b> c</p><p>d</p>", {1, 0}).kept(), "a b c");
}

TEST(Assemble, leaves_out_what_is_hidden_inside_a_block) {
    EXPECT_EQ(Page("<p>a<span hidden>b</span>c</p>", {1}).kept(), "ac");
}

TEST(Assemble, keeps_images_among_chosen_text_and_drops_those_among_the_rest) {
    EXPECT_EQ(Page("<main><p>one</p><img src=a><p>two</p><div><img src=b><p>x</p></div></main>",
                   {1, 1, 0})
                  .kept(),
              "one[img]two");
}

TEST(Assemble, keeps_the_lazy_images_of_a_noscript_among_chosen_text) {
    const std::string much(200, 'x');  // fewer, and scripts were to make the page
    EXPECT_EQ(Page("<p>" + much +
                       "</p><noscript>b<img src=a></noscript><p>two</p>"
                       "<div><noscript><img src=b></noscript><p>three</p></div>",
                   {1, 1, 0})
                  .kept(),
              much + "[img]two");
}

TEST(Assemble, keeps_a_figure_without_its_caption) {
    EXPECT_EQ(Page("<p>one two three four</p><figure><img src=a><figcaption>x</figcaption></figure>"
                   "<p>five six seven</p>",
                   {1, 0, 1})
                  .kept(),
              "one two three four[img]five six seven");
}

}  // namespace
}  // namespace riptide::core
