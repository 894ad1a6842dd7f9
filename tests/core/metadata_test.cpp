#include "core/metadata.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace riptide::core {
namespace {

using testing::ElementsAre;

Metadata read(std::string_view html, std::string_view url = "https://www.harbour.example/tides") {
    Truncations truncations;
    const Result<Dom> dom = Dom::parse(html, truncations);
    EXPECT_TRUE(dom.has_value());
    const UrlResolver urls(*dom, url);
    return read_metadata(*dom, urls);
}

TEST(Metadata, is_empty_for_a_page_that_tells_nothing) {
    const Metadata found = read("<p>x");
    EXPECT_EQ(found.title, "");
    EXPECT_EQ(found.byline, "");
    EXPECT_EQ(found.published, "");
    EXPECT_EQ(found.language, "");
    EXPECT_EQ(found.site_name, "");
    EXPECT_FALSE(found.is_article_type);
}

TEST(Metadata, cuts_the_name_of_the_site_off_the_title) {
    EXPECT_EQ(read("<meta property=og:site_name content='Harbour Post'>"
                   "<title>Harbour Post | Tides</title>")
                  .title,
              "Tides");
    EXPECT_EQ(read("<title>How tides work - Harbour</title>").title, "How tides work");
    EXPECT_EQ(read("<title>How the tides really work | The Sea Letter</title>").title,
              "How the tides really work");
}

TEST(Metadata, keeps_separators_that_belong_to_the_title) {
    EXPECT_EQ(read("<title>Tides - a short history</title><h1>Tides - a short history</h1>").title,
              "Tides - a short history");
}

TEST(Metadata, prefers_the_heading_that_says_what_the_title_says) {
    EXPECT_EQ(read("<meta property=og:title content='Why tides come twice'>"
                   "<h1>Why the tides come twice a day</h1>")
                  .title,
              "Why the tides come twice a day");
    EXPECT_EQ(read("<title>Why tides come twice</title><h1>Harbour</h1>").title,
              "Why tides come twice");
}

TEST(Metadata, unescapes_what_was_escaped_twice) {
    EXPECT_EQ(
        read("<meta property=og:title content='Salt &amp;amp; &amp;quot;tides&amp;quot;'>").title,
        "Salt & \"tides\"");
}

TEST(Metadata, reads_authors_without_prefix_date_and_handle) {
    EXPECT_EQ(read("<meta name=author content='By Ann Lee'>").byline, "Ann Lee");
    EXPECT_EQ(read("<meta name=author content='https://h.example/ann'>").byline, "");
    EXPECT_EQ(read("<h1>Tides</h1><p class=byline>Von Ann Lee, 17. Mai 2024</p>").byline,
              "Ann Lee");
    EXPECT_EQ(read("<h1>Tides</h1><p class=byline>By Ann Lee @annlee</p>").byline, "Ann Lee");
    EXPECT_EQ(read("<h1>Tides</h1><div>By <a href=/x>Ann Lee</a></div>").byline, "Ann Lee");
}

TEST(Metadata, joins_several_authors) {
    EXPECT_EQ(
        read("<script type=application/ld+json>{\"@type\":\"Article\",\"author\":"
             "[{\"name\":\"Ann Lee\"},{\"name\":\"Bo Roe\"},{\"name\":\"ann lee\"}]}</script>")
            .byline,
        "Ann Lee, Bo Roe");
}

TEST(Metadata, prefers_a_person_to_the_site_as_author) {
    EXPECT_EQ(read("<meta property=og:site_name content='Harbour Post'>"
                   "<meta name=author content='Harbour Post'>"
                   "<h1>Tides</h1><span class=author>Ann Lee</span>")
                  .byline,
              "Ann Lee");
}

TEST(Metadata, does_not_take_commenters_for_authors) {
    std::string page = "<h1>Tides</h1><p>Twice a day.</p><div class=comments>";
    for (int i = 0; i < 20; ++i) page += "<p><span class=author>Troll</span> No!</p>";
    EXPECT_EQ(read(page + "</div>").byline, "");
}

TEST(Metadata, trusts_machine_readable_dates_first) {
    const Metadata found = read(
        "<meta property=article:published_time content='2024-05-17T10:00:00+02:00'>"
        "<meta property=article:modified_time content='2024-05-18'>"
        "<h1>Tides</h1><time datetime=2020-01-01>1 Jan 2020</time>");
    EXPECT_EQ(found.published, "2024-05-17T10:00:00+02:00");
    EXPECT_EQ(found.modified, "2024-05-18");
}

TEST(Metadata, reads_visible_dates_near_the_title) {
    EXPECT_EQ(read("<html lang=de><h1>Gezeiten</h1><p>17. Mai 2024</p>").published, "2024-05-17");
    EXPECT_EQ(read("<h1>Tides</h1><span class=post-date>03/04/2021</span>").published,
              "2021-03-04");
    EXPECT_EQ(
        read("<html lang=en-GB><h1>Tides</h1><span class=post-date>03/04/2021</span>").published,
        "2021-04-03");
    const Metadata updated = read("<h1>Tides</h1><p>Updated: May 18, 2024</p>");
    EXPECT_EQ(updated.published, "");
    EXPECT_EQ(updated.modified, "2024-05-18");
}

TEST(Metadata, reads_the_date_in_the_address_last) {
    EXPECT_EQ(read("<h1>Tides</h1>", "https://h.example/2024/05/17/tides").published, "2024-05-17");
    EXPECT_EQ(read("<h1>Tides</h1><time datetime=2024-05-16></time>",
                   "https://h.example/2024/05/17/tides")
                  .published,
              "2024-05-16");
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
