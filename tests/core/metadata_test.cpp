#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/core/metadata_support.h"

namespace riptide::core {
namespace {

using testing::ElementsAre;

TEST(Metadata, is_empty_for_a_page_that_tells_nothing) {
    const Metadata found = read("<p>x");
    EXPECT_EQ(found.title, "");
    EXPECT_EQ(found.byline, "");
    EXPECT_EQ(found.published, "");
    EXPECT_EQ(found.language, "");
    EXPECT_EQ(found.site_name, "");
    EXPECT_FALSE(found.is_article_type);
}

TEST(Metadata, unescapes_what_was_escaped_twice) {
    EXPECT_EQ(
        read("<meta property=og:title content='Salt &amp;amp; &amp;quot;tides&amp;quot;'>").title,
        "Salt & \"tides\"");
}

TEST(Metadata, writes_the_language_as_bcp_47_does) {
    EXPECT_EQ(read("<html lang=EN_us>").language, "en-US");
    EXPECT_EQ(read("<html lang=zh-hant-tw>").language, "zh-Hant-TW");
    EXPECT_EQ(read("<html lang='not a language'>").language, "");
    EXPECT_EQ(read("<meta http-equiv=content-language content=fr>").language, "fr");
    EXPECT_EQ(read("<meta property=og:locale content=pt_BR>").language, "pt-BR");
}

TEST(Metadata, reads_direction_description_and_address) {
    const Metadata found = read(
        "<html dir=RTL><link rel=canonical href=https://h.example/a>"
        "<meta name=description content=' How  tides\nwork. '>");
    EXPECT_EQ(found.dir, "rtl");
    EXPECT_EQ(found.description, "How tides work.");
    EXPECT_EQ(found.canonical_url, "https://h.example/a");
}

TEST(Metadata, collects_categories_and_tags_once) {
    const Metadata found = read(
        "<meta property=article:section content=Sea><meta property=article:tag content=Tides>"
        "<meta property=article:tag content=Moon><meta name=keywords content='moon, salt'>"
        "<a rel=tag href=/t>Waves</a>");
    EXPECT_THAT(found.categories, ElementsAre("Sea"));
    EXPECT_THAT(found.tags, ElementsAre("Tides", "Moon", "salt", "Waves"));
}

TEST(Metadata, bounds_what_it_hands_out_at_a_code_point) {
    std::string title = "<title>x";
    std::string description = "<meta name=description content='x";
    for (int i = 0; i < 20'000; ++i) {
        title += "é";
        description += "é";
    }
    const Metadata found = read(title + "</title>" + description + "'>");
    EXPECT_EQ(found.title.size(), 999U);
    EXPECT_EQ(found.description.size(), 9'999U);
}

TEST(Metadata, knows_a_declared_article) {
    EXPECT_TRUE(read("<meta property=og:type content=article>").is_article_type);
    EXPECT_FALSE(read("<meta property=og:type content=website>").is_article_type);
}

}  // namespace
}  // namespace riptide::core
