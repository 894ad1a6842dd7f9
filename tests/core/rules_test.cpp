#include "core/rules.h"

#include <gtest/gtest.h>

#include <string>

namespace riptide::core {
namespace {

const std::string kParagraph =
    "<p>The river rose overnight, and by the morning the lower streets, the market and the old "
    "bridge were under water, as they had been, said the mayor, forty years before.</p>";

std::string repeat(const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
}

/// A page that the rules have chosen from.
struct Chosen {
    explicit Chosen(const std::string& html, const Metadata& metadata = {})
        : dom(std::move(*Dom::parse(html, truncations))),
          signals(dom),
          blocks(dom, signals),
          choice(choose_by_rules(dom, signals, metadata)),
          rulings(rule_all(dom, blocks, choice)) {}

    /// Of the block that begins with `text`.
    [[nodiscard]] Ruling article_ruling(std::string_view text) const {
        for (BlockIndex b = 0; b < blocks.size(); ++b) {
            if (dom.text(blocks[b].first).substr(0, text.size()) == text) return rulings.article[b];
        }
        ADD_FAILURE() << "no block begins with " << text;
        return Ruling::kOutside;
    }

    Truncations truncations;
    Dom dom;
    Signals signals;
    TextBlocks blocks;
    RuleChoice choice;
    Rulings rulings;
};

TEST(Rules, clean_pointers_to_other_pages_out_of_an_article) {
    const Chosen page(
        "<body><nav>Menu</nav><article>" + repeat(kParagraph, 3) +
        "<p>See: <a href='/dam'>Why the dam on the upper river was never built</a></p>"
        "<div class='recommended'><p>Ten recipes for rainy evenings.</p></div>" +
        repeat(kParagraph, 3) + "</article></body>");
    EXPECT_EQ(page.article_ruling("The river"), Ruling::kKept);
    EXPECT_EQ(page.article_ruling("See: "), Ruling::kCleaned);
    EXPECT_EQ(page.article_ruling("Ten recipes"), Ruling::kCleaned);
    EXPECT_EQ(page.article_ruling("Menu"), Ruling::kOutside);
    EXPECT_TRUE(page.choice.prefers_article);
}

/// Answers that no name or structure marks as content, each too short to vote for what holds it.
std::string thread_page() {
    std::string page;
    for (int i = 0; i < 50; ++i) {
        page += "<div><section><div><span>Answer " + std::to_string(i) +
                ": oil the pin</span></div></section></div>";
    }
    return page;
}

TEST(Rules, believe_a_page_that_declares_itself_an_article) {
    const std::string html =
        "<body><article>" + repeat(kParagraph, 4) + "</article>" + thread_page();
    EXPECT_FALSE(Chosen(html).choice.prefers_article);
    Metadata metadata;
    metadata.is_article_type = true;
    EXPECT_TRUE(Chosen(html, metadata).choice.prefers_article);
}

}  // namespace
}  // namespace riptide::core
