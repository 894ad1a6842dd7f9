#include <gtest/gtest.h>

#include <string>

#include "tests/core/metadata_support.h"

namespace riptide::core {
namespace {

std::string byline(std::string_view html) { return read(html).byline; }

TEST(PageByline, reads_authors_without_prefix_date_and_handle) {
    EXPECT_EQ(read("<meta name=author content='By Ann Lee'>").byline, "Ann Lee");
    EXPECT_EQ(read("<meta name=author content='https://h.example/ann'>").byline, "");
    EXPECT_EQ(read("<meta name=author content='Ann Lee (https://h.example/ann)'>").byline,
              "Ann Lee");
    EXPECT_EQ(read("<h1>Tides</h1><p class=byline>Von Ann Lee, 17. Mai 2024</p>").byline,
              "Ann Lee");
    EXPECT_EQ(read("<h1>Tides</h1><p class=byline>By Ann Lee @annlee</p>").byline, "Ann Lee");
    EXPECT_EQ(read("<h1>Tides</h1><div>By <a href=/x>Ann Lee</a></div>").byline, "Ann Lee");
}

TEST(PageByline, keeps_the_first_words_of_names_that_also_mean_by) {
    for (const std::string name :
         {"Oleh Ivanov", "Oleh", "von Neumann, John", "Von Ann Lee", "von der Leyen, Ursula",
          "Di Stefano", "Af Klint", "Door Smith", "Yazan Abu Ali"}) {
        const std::string meta = "<meta name=author content='" + name + "'>";
        const std::string json =
            "<script type=application/ld+json>{\"@type\":\"Article\",\"author\":"
            "{\"@type\":\"Person\",\"name\":\"" +
            name + "\"}}</script>";
        for (const std::string language : {"", "<html lang=de>", "<html lang=id>"}) {
            EXPECT_EQ(byline(language + meta), name) << language;
            EXPECT_EQ(byline(language + json), name) << language;
        }
        EXPECT_EQ(byline("<html lang=en><h1>Tides</h1><p class=byline>By " + name), name);
        EXPECT_EQ(byline("<h1>Tides</h1><p class=byline>Articles by " + name), name);
    }
}

TEST(PageByline, is_led_in_by_the_word_for_by_of_the_language_of_the_page) {
    const auto shown = [](const std::string& language, const std::string& line) {
        return byline("<html lang='" + language + "'><h1>Tides</h1><p class=byline>" + line);
    };
    EXPECT_EQ(shown("de-AT", "Von Ann Lee"), "Ann Lee");
    EXPECT_EQ(shown("de", "von Ann Lee, Bo Roe | 17. Mai 2024"), "Ann Lee, Bo Roe");
    EXPECT_EQ(shown("pt-BR", "Por Ann Lee"), "Ann Lee");
    EXPECT_EQ(shown("id", "Oleh Ann Lee"), "Ann Lee");
    EXPECT_EQ(shown("", "Door Ann Lee"), "Ann Lee");
    EXPECT_EQ(shown("de", "Text: von Ann Lee"), "Ann Lee");
    EXPECT_EQ(shown("en", "Von Ann Lee"), "Von Ann Lee");
    EXPECT_EQ(shown("en", "Von: Ann Lee"), "Ann Lee");
    EXPECT_EQ(shown("uk", "Oleh Ann Lee"), "Oleh Ann Lee");
}

TEST(PageByline, is_more_than_what_is_left_of_a_surname) {
    const auto shown = [](const std::string& line) {
        return byline("<html lang=de><h1>Tides</h1><p class=byline>" + line);
    };
    EXPECT_EQ(shown("von Neumann"), "von Neumann");
    EXPECT_EQ(shown("Von Neumann | 17. Mai 2024"), "Von Neumann");
    EXPECT_EQ(shown("von Neumann, John"), "von Neumann, John");
    EXPECT_EQ(shown("von der Leyen, Ursula"), "von der Leyen, Ursula");
    EXPECT_EQ(shown("Von Der Leyen"), "Von Der Leyen");
    EXPECT_EQ(shown("Von Redaktion"), "Redaktion");
    EXPECT_EQ(byline("<html lang=es><h1>Mareas</h1><p>Por Redacción"), "Redacción");
}

TEST(PageByline, is_no_line_that_begins_with_a_word_of_another_language) {
    const std::string line = "<h1>Tides</h1><p>Door County Festival";
    EXPECT_EQ(byline("<html lang=en>" + line), "");
    EXPECT_EQ(byline("<html lang=nl>" + line), "County Festival");
}

TEST(PageByline, joins_several_authors) {
    EXPECT_EQ(
        read("<script type=application/ld+json>{\"@type\":\"Article\",\"author\":"
             "[{\"name\":\"Ann Lee\"},{\"name\":\"Bo Roe\"},{\"name\":\"ann lee\"}]}</script>")
            .byline,
        "Ann Lee, Bo Roe");
}

TEST(PageByline, prefers_a_person_to_the_site_as_author) {
    EXPECT_EQ(read("<meta property=og:site_name content='Harbour Post'>"
                   "<meta name=author content='Harbour Post'>"
                   "<h1>Tides</h1><span class=author>Ann Lee</span>")
                  .byline,
              "Ann Lee");
}

TEST(PageByline, does_not_take_commenters_for_authors) {
    std::string page = "<h1>Tides</h1><p>Twice a day.</p><div class=comments>";
    for (int i = 0; i < 20; ++i) page += "<p><span class=author>Troll</span> No!</p>";
    EXPECT_EQ(read(page + "</div>").byline, "");
}

TEST(PageByline, is_the_name_in_a_line_of_other_words) {
    for (const std::string_view line :
         {"5 May 2024 Written by Ann Lee", "May 5 Written By Ann Lee", "Articles by Ann Lee",
          "Ann Lee on Friday", "Ann Lee » Sun", "<p>Ann Lee<p>Chief of the harbour",
          "Ann Lee<br>1,204 posts", "Ann Lee Reviewed by Bo Roe", "Ann Lee veröffentlicht"}) {
        EXPECT_EQ(byline("<h1>Tides</h1><div class=author>" + std::string(line) + "</div>"),
                  "Ann Lee")
            << line;
    }
}

TEST(PageByline, is_no_text_of_a_button_or_a_sentence) {
    for (const std::string_view line :
         {"Follow", "Posted", "Last Updated: May 7, 2025", "View all posts", "Sun",
          "About the author", "by", "3 days ago"}) {
        EXPECT_EQ(byline("<h1>Tides</h1><div class=author>" + std::string(line) + "</div>"), "")
            << line;
    }
    EXPECT_EQ(byline("<h1>Tides</h1><p>By 2030, the sea will have risen by a foot.</p>"), "");
    EXPECT_EQ(byline("<h1>Tides</h1><h2 id=written-agreements>Written agreements</h2>"), "");
}

TEST(PageByline, follows_written_by_at_the_end_of_the_page) {
    std::string page = "<h1>Tides</h1>";
    for (int i = 0; i < 500; ++i) page += "<p>Water comes and goes.</p>";
    EXPECT_EQ(byline(page + "<p>Written by <a href=/x>Ann Lee</a></p>"), "Ann Lee");
    EXPECT_EQ(byline(page + "<p>A book written by <a href=/x>Ann Lee</a></p>"), "");
    EXPECT_EQ(byline(page + "<p>by <a href=/x>Ann Lee</a></p>"), "");
}

TEST(PageByline, may_be_led_in_by_a_small_letter_where_a_person_follows) {
    EXPECT_EQ(byline("<h1>Gezeiten</h1><p>von Ann Lee</p>"), "Ann Lee");
    EXPECT_EQ(byline("<h1>Gezeiten</h1><p>von Bremen</p>"), "");
    EXPECT_EQ(byline("<h1>Tides</h1><p>by annlee</p>"), "annlee");
}

TEST(PageByline, is_who_began_a_thread_that_is_no_article) {
    const std::string thread = "<h1>Tides</h1><a class=username>eel7</a><a class=username>Crab</a>";
    EXPECT_EQ(byline(thread), "eel7");
    EXPECT_EQ(byline("<meta property=og:type content=article>" + thread), "");
    EXPECT_EQ(byline("<a class=username>eel7</a><h1>Tides</h1>"), "");
}

TEST(PageByline, is_the_person_that_an_article_shows_instead_of_a_login) {
    const std::string article = "<meta property=og:type content=article>";
    const std::string login = "<meta name=author content=annlee>";
    EXPECT_EQ(byline(article + login + "<h1>Tides</h1><p class=author>Ann Lee"), "Ann Lee");
    EXPECT_EQ(byline(login + "<h1>Tides</h1><p class=author>Ann Lee"), "annlee");
    EXPECT_EQ(byline(article + login + "<h1>Tides</h1><p class=author>Harbour"), "annlee");
}

TEST(PageByline, puts_first_names_first_where_several_are_written_the_other_way) {
    EXPECT_EQ(byline("<meta name=citation_author content='Lee, Ann'>"
                     "<meta name=citation_author content='Roe, Bo'>"),
              "Ann Lee, Bo Roe");
    EXPECT_EQ(byline("<meta name=author content='Ann Lee, MD'>"), "Ann Lee, MD");
}

}  // namespace
}  // namespace riptide::core
