#include "core/later_articles.h"

#include <gtest/gtest.h>

#include <string>

namespace riptide::core {
namespace {

std::string article(const std::string& heading, int sentences) {
    std::string html = "<article><h1>" + heading + "</h1><p>";
    for (int i = 0; i < sentences; ++i) html += "The river rose overnight in the lower streets. ";
    return html + "</p></article>";
}

std::size_t later_articles(const std::string& html, std::string_view title) {
    Truncations truncations;
    const Dom dom = std::move(*Dom::parse(html, truncations));
    return find_later_articles(dom, Signals(dom), title).size();
}

TEST(LaterArticles, come_after_the_one_that_the_title_names) {
    const std::string page = article("Flood in town", 40) + article("Ferry is back", 40) +
                             article("Bakers on strike", 2);
    EXPECT_EQ(later_articles(page, "Flood in town"), 2U);
    EXPECT_EQ(later_articles(page, "Ferry is back"), 1U);
}

TEST(LaterArticles, are_found_inside_one_that_holds_them_all) {
    const std::string page = "<article class='feed'>" + article("Flood in town", 40) +
                             article("Ferry is back", 40) + "</article>";
    EXPECT_EQ(later_articles(page, "Flood in town"), 1U);
}

TEST(LaterArticles, are_none_where_the_title_names_no_article) {
    const std::string page = article("Flood in town", 40) + article("Ferry is back", 40);
    EXPECT_EQ(later_articles(page, "News of the week"), 0U);
    EXPECT_EQ(later_articles(page, ""), 0U);
}

TEST(LaterArticles, are_none_among_teasers) {
    EXPECT_EQ(
        later_articles(article("Flood in town", 2) + article("Ferry is back", 2), "Flood in town"),
        0U);
}

TEST(LaterArticles, have_a_heading_of_their_own) {
    EXPECT_EQ(later_articles(article("Flood in town", 40) + "<article><p>A comment.</p></article>",
                             "Flood in town"),
              0U);
}

}  // namespace
}  // namespace riptide::core
