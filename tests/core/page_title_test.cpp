#include <gtest/gtest.h>

#include <string>

#include "tests/core/metadata_support.h"

namespace riptide::core {
namespace {

std::string title(std::string_view html) { return read(html).title; }

TEST(PageTitle, cuts_the_name_of_the_site_off_the_title) {
    EXPECT_EQ(read("<meta property=og:site_name content='Harbour Post'>"
                   "<title>Harbour Post | Tides</title>")
                  .title,
              "Tides");
    EXPECT_EQ(read("<title>How tides work - Harbour</title>").title, "How tides work");
    EXPECT_EQ(read("<title>How the tides really work | The Sea Letter</title>").title,
              "How the tides really work");
}

TEST(PageTitle, keeps_separators_that_belong_to_the_title) {
    EXPECT_EQ(read("<title>Tides - a short history</title><h1>Tides - a short history</h1>").title,
              "Tides - a short history");
}

TEST(PageTitle, prefers_the_heading_that_says_what_the_title_says) {
    EXPECT_EQ(read("<meta property=og:title content='Why tides come twice'>"
                   "<h1>Why the tides come twice a day</h1>")
                  .title,
              "Why the tides come twice a day");
    EXPECT_EQ(read("<title>Why tides come twice</title><h1>Harbour</h1>").title,
              "Why tides come twice");
}

TEST(PageTitle, is_the_heading_that_rephrases_what_the_page_gives_for_sharing) {
    EXPECT_EQ(title("<title>Tides in the harbour: twice a day | News</title>"
                    "<meta property=og:title content='Tides in the harbour'>"
                    "<h1>Twice a day: the tides in our harbour</h1>"),
              "Twice a day: the tides in our harbour");
    EXPECT_EQ(title("<title>Tides in the harbour</title><h1>Subscribe to our weekly letter</h1>"),
              "Tides in the harbour");
}

TEST(PageTitle, has_no_kicker_and_no_appendix_that_stand_in_parts_of_their_own) {
    EXPECT_EQ(title("<title>Why the tides come twice - Harbour</title>"
                    "<h1><span>The sea</span> <span>Why the tides come twice</span></h1>"),
              "Why the tides come twice");
    EXPECT_EQ(title("<title>Why the tides come twice</title>"
                    "<h1>Why the tides come twice<small>A short history of water</small></h1>"),
              "Why the tides come twice");
}

TEST(PageTitle, has_no_kicker_that_its_class_names) {
    EXPECT_EQ(title("<title>The tides come twice</title>"
                    "<h1><i class=kicker>Sea</i> Twice a day come the tides</h1>"),
              "Twice a day come the tides");
}

TEST(PageTitle, is_not_a_heading_that_leads_to_the_front_page) {
    EXPECT_EQ(title("<title>Tides and Waves and Salt | Low Tide</title>"
                    "<h1><a href=/>Tides and Waves</a></h1><h2>Tides and Waves and Salt</h2>"),
              "Tides and Waves and Salt");
    EXPECT_EQ(title("<title>About the moon | Sea Notes</title><h1><a href=/>Sea Notes</a></h1>"),
              "About the moon");
}

TEST(PageTitle, is_not_the_name_of_a_section_that_stands_beside_it) {
    EXPECT_EQ(
        title("<title>Harbour - Detail</title><meta property=og:title content='The tides come'>"
              "<h1>Detail</h1>"),
        "The tides come");
}

TEST(PageTitle, is_the_first_part_of_a_title_before_the_last) {
    EXPECT_EQ(title("<title>What is salt? - The Book of the Sea</title>"
                    "<h1>The Book of the Sea</h1><h1>What is salt?</h1>"),
              "What is salt?");
}

TEST(PageTitle, is_not_a_heading_that_is_called_the_name_of_the_site) {
    EXPECT_EQ(title("<title>Wet boots | Low Water</title><div id=site-description>"
                    "<h1>Low Water</h1></div><h2>Boots</h2>"),
              "Wet boots");
}

TEST(PageTitle, keeps_the_name_of_the_site_on_the_front_page) {
    const std::string page =
        "<meta property=og:site_name content=Harbour><title>Harbour: all about tides</title>";
    EXPECT_EQ(read(page, "https://www.harbour.example/").title, "Harbour: all about tides");
    EXPECT_EQ(read(page, "https://www.harbour.example/tides").title, "all about tides");
}

TEST(PageTitle, ends_where_the_name_of_the_site_stands_inside_it) {
    EXPECT_EQ(title("<title>Why tides come twice | Harbour | Sea | News</title>"),
              "Why tides come twice");
}

TEST(PageTitle, keeps_a_first_word_that_begins_as_the_site_does) {
    EXPECT_EQ(title("<title>Harbour workers win the yearly regatta</title><h1>More</h1>"),
              "Harbour workers win the yearly regatta");
}

TEST(PageTitle, knows_the_separators_of_scripts_without_spaces) {
    EXPECT_EQ(title("<meta property=og:site_name content='海风日报'>"
                    "<title>潮汐为什么一天来两次_海洋_海风日报</title>"),
              "潮汐为什么一天来两次_海洋");
    EXPECT_EQ(title("<meta property=og:site_name content='海風日報'>"
                    "<title>潮汐為什麼一天來兩次？-海風日報</title>"),
              "潮汐為什麼一天來兩次？");
}

TEST(PageTitle, has_no_mark_of_a_link_to_itself) {
    EXPECT_EQ(
        title("<title>Tide tables &mdash; manual</title><h1>Tide tables<a href=#t>¶</a></h1>"),
        "Tide tables");
}

}  // namespace
}  // namespace riptide::core
