#include "core/url_date.h"

#include <gtest/gtest.h>

namespace riptide::core {
namespace {

std::string in_path(std::string_view url) { return date_in_path(url).iso; }

TEST(UrlDate, reads_days_in_folders_and_file_names) {
    EXPECT_EQ(in_path("https://h.example/2024/05/17/tides"), "2024-05-17");
    EXPECT_EQ(in_path("https://h.example/2024/5/7/tides"), "2024-05-07");
    EXPECT_EQ(in_path("https://h.example/2024/may/17/tides"), "2024-05-17");
    EXPECT_EQ(in_path("https://h.example/sea/2024-05-17-tides.html"), "2024-05-17");
    EXPECT_EQ(in_path("https://h.example/a20240517.html"), "2024-05-17");
}

TEST(UrlDate, tells_the_month_where_there_is_no_day) {
    EXPECT_EQ(in_path("https://h.example/2024/05/tides"), "2024-05");
    EXPECT_EQ(in_path("https://h.example/2024/05/99/tides"), "2024-05");
    EXPECT_EQ(in_path("https://h.example/2024/05/2023-11-02-tides"), "2023-11-02");
}

TEST(UrlDate, knows_the_folders_of_an_archive) {
    EXPECT_TRUE(date_in_path("https://h.example/news/2024/05/17/tides").folders);
    EXPECT_FALSE(date_in_path("https://h.example/news/2024-05-17-tides").folders);
    EXPECT_FALSE(date_in_path("https://h.example/20240517/tides").folders);
}

TEST(UrlDate, is_empty_where_the_path_tells_none) {
    EXPECT_EQ(in_path("https://h.example/?d=2024/05/17"), "");
    EXPECT_EQ(in_path("https://h.example/123420240517"), "");
    EXPECT_EQ(in_path("https://h.example/2024/13/40/"), "");
    EXPECT_EQ(in_path("https://2024-05-17.example"), "");
    EXPECT_EQ(in_path(""), "");
}

}  // namespace
}  // namespace riptide::core
