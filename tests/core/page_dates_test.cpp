#include <gtest/gtest.h>

#include <string>

#include "tests/core/metadata_support.h"

namespace riptide::core {
namespace {

Metadata near(std::string_view html) { return read("<h1>Tides</h1>" + std::string(html)); }

TEST(PageDates, trusts_machine_readable_dates_first) {
    const Metadata found = read(
        "<meta property=article:published_time content='2024-05-17T10:00:00+02:00'>"
        "<meta property=article:modified_time content='2024-05-18'>"
        "<h1>Tides</h1><time datetime=2020-01-01>1 Jan 2020</time>");
    EXPECT_EQ(found.published, "2024-05-17T10:00:00+02:00");
    EXPECT_EQ(found.modified, "2024-05-18");
}

TEST(PageDates, know_a_meta_element_by_many_names) {
    for (const std::string name :
         {"publish-date", "published-date", "publication_date", "pubdate", "DC.date.issued"}) {
        const std::string meta = "<meta name=" + name + " content=2021-02-16>";
        EXPECT_EQ(read(meta + "<h1>Tides</h1><p>17 May 2024</p>").published, "2021-02-16") << name;
    }
}

TEST(PageDates, reads_visible_dates_near_the_title) {
    EXPECT_EQ(read("<html lang=de><h1>Gezeiten</h1><p>17. Mai 2024</p>").published, "2024-05-17");
    EXPECT_EQ(read("<h1>Tides</h1><span class=post-date>03/04/2021</span>").published,
              "2021-03-04");
    EXPECT_EQ(
        read("<html lang=en-GB><h1>Tides</h1><span class=post-date>03/04/2021</span>").published,
        "2021-04-03");
}

TEST(PageDates, reads_a_lone_date_right_above_the_title) {
    const std::string above = "<table><tr><td>26 | 01 | 2022</td><td>Sea</td></tr></table>";
    const std::string page = above + "<h1>Tides</h1><p>Water comes and goes.</p><p>";
    EXPECT_EQ(read(page + "</p><a>More</a><i>Sea</i><div>01 | 05 | 2020</div>").published,
              "2022-01-26");
    // The nearer one, and what is marked up before what is not.
    EXPECT_EQ(read(above + "<h1>Tides</h1><p>2 Jan 2021</p>").published, "2021-01-02");
    EXPECT_EQ(read(page + "</p><time>2 Jan 2021</time>").published, "2021-01-02");
}

TEST(PageDates, reads_the_date_in_the_address_last) {
    EXPECT_EQ(read("<h1>Tides</h1>", "https://h.example/2024/05/17/tides").published, "2024-05-17");
    EXPECT_EQ(read("<h1>Tides</h1><time datetime=2024-05-16></time>",
                   "https://h.example/2024/05/17/tides")
                  .published,
              "2024-05-16");
}

TEST(PageDates, prefers_what_stands_nearest_to_the_title) {
    EXPECT_EQ(
        near("<p>Dec 12, 2024</p><p>Water.</p><div class=card-date>Nov 2, 2024</div>").published,
        "2024-12-12");
    EXPECT_EQ(near("<div class=card-date>Nov 2, 2024</div><p>Dec 12, 2024</p>").published,
              "2024-11-02");
}

TEST(PageDates, tells_by_their_labels_which_date_is_which) {
    const Metadata both = near("<p class=dates>Updated May 18, 2024. Published May 17, 2024</p>");
    EXPECT_EQ(both.published, "2024-05-17");
    EXPECT_EQ(both.modified, "2024-05-18");
    EXPECT_EQ(near("<span>Updated</span><time datetime=2024-05-18></time>"
                   "<time datetime=2024-05-17></time>")
                  .published,
              "2024-05-17");
    EXPECT_EQ(near("<b>Joined:</b><p>Jul 4, 2012</p><p>May 17, 2024").published, "2024-05-17");
}

TEST(PageDates, finds_that_of_the_last_change_after_that_of_publication) {
    for (const std::string_view html :
         {"<p>Published: <time datetime=2024-05-17>17 May 2024</time> | "
          "Updated: <time datetime=2024-05-18>18 May 2024</time></p>",
          "<div class=meta><span>Published 17 May 2024</span>"
          "<span>Last updated 18 May 2024</span></div>",
          "<div>Published 17 May 2024, last updated 18 May 2024</div>",
          "<p>17 May 2024</p><p>Updated:</p><p>18 May 2024</p>",
          "<div class=entry-meta><time class='entry-date published' datetime=2024-05-17>May 17"
          "</time><time class=updated datetime=2024-05-18>May 18</time></div>",
          "<time itemprop=datePublished datetime=2024-05-17></time>"
          "<time class=updated datetime=2024-05-18></time>"}) {
        const Metadata found = near(html);
        EXPECT_EQ(found.published, "2024-05-17") << html;
        EXPECT_EQ(found.modified, "2024-05-18") << html;
    }
    EXPECT_EQ(
        near("<p>17 May 2024</p><time class=updated datetime=2024-05-18T10:00Z></time>").modified,
        "2024-05-18T10:00Z");
}

TEST(PageDates, takes_no_other_date_after_that_of_publication_for_that_of_a_change) {
    EXPECT_EQ(
        near("<p>17 May 2024</p><p>19 May 2024</p><time datetime=2024-05-18></time>").modified, "");
    EXPECT_EQ(near("<p>17 May 2024</p><p>Updated 16 May 2024</p>").modified, "");
    std::string page = "<p>17 May 2024</p>";
    for (int i = 0; i < 20; ++i) page += "<p>Water comes and goes.</p>";
    EXPECT_EQ(near(page + "<p>Updated 18 May 2024</p>").modified, "");
}

TEST(PageDates, knows_the_labels_of_many_languages) {
    for (const std::string_view label :
         {"Last updated:", "Aktualisiert am", "Zuletzt geändert", "Mis à jour le", "Bijgewerkt op",
          "Actualizado el", "Päivitetty", "Обновлено", "Оновлено", "Güncelleme:", "更新日"}) {
        const Metadata found = near("<p>17.05.2024</p><p>" + std::string(label) + " 18.05.2024");
        EXPECT_EQ(found.published, "2024-05-17") << label;
        const Metadata first = near("<p>" + std::string(label) + " 18.05.2024</p><p>17.05.2024");
        EXPECT_EQ(first.published, "2024-05-17") << label;
    }
}

TEST(PageDates, reads_a_labelled_date_far_from_the_title) {
    std::string page;
    for (int i = 0; i < 60; ++i) page += "<p>Water comes and goes.</p>";
    EXPECT_EQ(near(page + "<p>Veröffentlicht am 17.05.2024</p><p>1.1.2020</p>").published,
              "2024-05-17");
    EXPECT_EQ(near(page + "<p>17.05.2024</p>").published, "2024-05-17");
    EXPECT_EQ(near(page + "<p>17.05.2024</p><p>18.05.2024</p>").published, "");
}

TEST(PageDates, is_no_date_inside_a_sentence) {
    for (const std::string_view text :
         {"The great flood that the old people of the harbour still speak of came on 1 February "
          "1953 "
          "at night.",
          "On 6 May 1999 the lamp of the tower was replaced by a new one, which was made in "
          "Sweden.",
          "Ann Lee (born 12 June 1921) is an engineer who built lighthouses on three coasts, and "
          "wrote two books about it.",
          "The tower, whose lamp was lit on 12 June 1921 by the keeper and his wife, has been "
          "through "
          "three storms."}) {
        EXPECT_EQ(near("<p>" + std::string(text)).published, "") << text;
    }
}

TEST(PageDates, reads_a_line_that_tells_a_date_among_other_things) {
    for (const std::string_view text :
         {"By Ann Lee, chief of the harbour | 17 May 2024, 10:00 | 5 min read",
          "Bern,&nbsp;17 May 2024&nbsp;- A speech about tides, held at the meeting of the harbours "
          "of the "
          "south "
          "and of the north",
          "Published on 17 May 2024 by Ann Lee, who has been writing about the sea and its tides "
          "for "
          "more than twenty years"}) {
        EXPECT_EQ(near("<p>" + std::string(text)).published.substr(0, 10), "2024-05-17") << text;
    }
}

TEST(PageDates, takes_the_folder_of_an_archive_rather_than_a_far_date_of_the_body) {
    const std::string address = "https://h.example/2024/05/17/tides";
    EXPECT_EQ(read("<h1>Tides</h1><p>June 30, 2019</p>", address).published, "2024-05-17");
    EXPECT_EQ(read("<h1>Tides</h1><p>May 19, 2024</p>", address).published, "2024-05-19");
}

TEST(PageDates, prefers_the_first_date_that_names_a_day) {
    EXPECT_EQ(read("<meta property=article:published_time content=2024-05>"
                   "<h1>Tides</h1><time datetime=2024-05-17></time>")
                  .published,
              "2024-05-17");
    EXPECT_EQ(read("<meta name=citation_publication_date content=2024-05>").published, "2024-05");
}

TEST(PageDates, is_that_of_the_last_change_where_the_page_tells_no_other) {
    const Metadata found = read("<meta property=article:modified_time content=2024-05-18>");
    EXPECT_EQ(found.published, "2024-05-18");
    EXPECT_EQ(found.modified, "2024-05-18");
    const Metadata shown = near("<p>Updated: May 18, 2024</p>");
    EXPECT_EQ(shown.published, "2024-05-18");
    EXPECT_EQ(shown.modified, "2024-05-18");
}

TEST(PageDates, shows_the_local_day_of_a_moment_told_in_utc) {
    const std::string utc =
        "<meta property=article:published_time content=2024-05-18T02:22:07Z><h1>Tides</h1>";
    EXPECT_EQ(read(utc + "<time datetime=2024-05-17T22:22:07-04:00></time>").published,
              "2024-05-17T22:22:07-04:00");
    EXPECT_EQ(read(utc + "<time>May 17, 2024, 10:22 PM</time>").published,
              "2024-05-17T22:22-04:00");
    EXPECT_EQ(read(utc + "<time>May 17, 2024</time>").published, "2024-05-18T02:22:07Z");
    EXPECT_EQ(read(utc + "<time datetime=2024-05-17T22:59:00-04:00></time>").published,
              "2024-05-18T02:22:07Z");
}

}  // namespace
}  // namespace riptide::core
