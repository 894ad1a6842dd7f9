#include "core/signals.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/text_blocks.h"

namespace riptide::core {
namespace {

const std::string kSentence =
    "The river rose overnight, and by the morning the lower streets were under water again. ";

std::string paragraphs(int count) {
    std::string html;
    for (int i = 0; i < count; ++i) html += "<p>" + kSentence + "</p>";
    return html;
}

struct Page {
    explicit Page(const std::string& html)
        : dom(std::move(*Dom::parse("<body>" + html, truncations))),
          signals(dom),
          blocks(dom, signals) {}

    /// Code points that the rules see.
    [[nodiscard]] std::uint32_t visible() const { return signals[dom.body()].visible.chars; }

    Truncations truncations;
    Dom dom;
    Signals signals;
    TextBlocks blocks;
};

TEST(Signals, panels_are_blocks_that_the_rules_do_not_see) {
    const std::string open = paragraphs(4);
    for (const std::string& attribute :
         std::vector<std::string>{"style='display:none'", "hidden"}) {
        const Page page(open + "<div " + attribute + ">" + paragraphs(4) + "</div>");
        EXPECT_EQ(page.blocks.size(), 8U) << attribute;
        EXPECT_EQ(page.visible(), Page(open).visible()) << attribute;
    }
}

TEST(Signals, hidden_scraps_paragraphs_and_lists_of_links_are_no_panels) {
    const std::string links = "<p><a href='/a'>" + kSentence + kSentence + "</a></p>";
    const std::string open = paragraphs(4);
    for (const std::string& hidden : {"<div hidden><p>" + kSentence + "</p></div>",
                                      "<p hidden>" + kSentence + kSentence + kSentence + "</p>",
                                      "<div hidden>" + links + links + links + "</div>",
                                      "<div style='visibility: hidden'>" + paragraphs(4) + "</div>",
                                      "<dialog>" + paragraphs(4) + "</dialog>"}) {
        EXPECT_EQ(Page(open + hidden).blocks.size(), 4U) << hidden;
    }
}

TEST(Signals, hidden_siblings_may_be_panels_together) {
    std::string parts;
    for (int i = 0; i < 14; ++i) parts += "<div style='display:none'>" + paragraphs(1) + "</div>";
    EXPECT_EQ(Page(paragraphs(3) + parts).blocks.size(), 17U);
}

TEST(Signals, a_property_whose_name_ends_like_another_hides_nothing) {
    const Page page("<div style='content-visibility:hidden'>" + paragraphs(4) + "</div>");
    EXPECT_EQ(page.visible(), Page(paragraphs(4)).visible());
}

TEST(Signals, what_is_kept_from_screen_readers_is_a_block_that_the_rules_do_not_see) {
    const Page page(paragraphs(4) + "<p aria-hidden='true'>A ticker</p>");
    EXPECT_EQ(page.blocks.size(), 5U);
    EXPECT_EQ(page.visible(), Page(paragraphs(4)).visible());
}

TEST(Signals, an_open_dialog_is_seen) {
    EXPECT_EQ(Page("<dialog open><p>Welcome</p></dialog>").blocks.size(), 1U);
}

TEST(Signals, a_shell_shows_what_scripts_are_to_show) {
    const std::string menu =
        "<ul><li><a href='/'>" + kSentence + kSentence + kSentence + "</a></li></ul>";
    for (const std::string& hidden : {"<div style='visibility:hidden'>" + paragraphs(4) + "</div>",
                                      "<div style='display:none'>" + paragraphs(4) + "</div>",
                                      "<noscript>" + paragraphs(4) + "</noscript>"}) {
        const Page page(menu + hidden);
        EXPECT_TRUE(page.signals.is_shell()) << hidden;
        EXPECT_GT(page.visible(), Page(paragraphs(4)).visible()) << hidden;
    }
}

TEST(Signals, a_shell_that_only_asks_for_scripts_shows_nothing) {
    EXPECT_EQ(Page("<noscript>You need scripts to run this application.</noscript>").blocks.size(),
              0U);
}

}  // namespace
}  // namespace riptide::core
