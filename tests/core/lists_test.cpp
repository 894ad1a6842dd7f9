#include "core/lists.h"

#include <gtest/gtest.h>

#include "tests/core/render_support.h"

namespace riptide::core {
namespace {

using testing::html_of;
using testing::markdown_of;
using testing::render_page;

struct Numbered {
    const char* page;
    const char* markdown;
    const char* html;
};

constexpr Numbered kLists[] = {
    {"<ol start=3><li>a<li>b</ol>", "3. a\n4. b\n", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n"},
    {"<ol start=0><li>a<li>b</ol>", "0. a\n1. b\n", "<ol start=\"0\">\n<li>a</li>\n<li>b</li>\n"},
    {"<ol reversed><li>a<li>b<li>c</ol>", "3. a\n2) b\n1. c\n",
     "<ol reversed start=\"3\">\n<li>a</li>\n<li>b</li>\n<li>c</li>\n"},
    {"<ol reversed start=10><li>a<li>b</ol>", "10. a\n9) b\n",
     "<ol reversed start=\"10\">\n<li>a</li>\n<li>b</li>\n"},
    {"<ol><li>a<li value=5>b<li>c</ol>", "1. a\n5) b\n6) c\n",
     "<ol>\n<li>a</li>\n<li value=\"5\">b</li>\n<li>c</li>\n"},
    {"<ol><li value=4>a<li>b</ol>", "4. a\n5. b\n", "<ol start=\"4\">\n<li>a</li>\n<li>b</li>\n"},
    {"<ol><li>a</ol><ol><li value=2>b<li value=1>c</ol>", "1. a\n\n2) b\n1. c\n", nullptr},
    {"<ul start=3><li value=3>a<li>b</ul>", "- a\n- b\n", "<ul>\n<li>a</li>\n<li>b</li>\n"},
};

TEST(Lists, are_numbered_as_the_page_says) {
    for (const Numbered& list : kLists) {
        EXPECT_EQ(markdown_of(list.page), list.markdown) << list.page;
        if (list.html == nullptr) continue;
        const std::string html = html_of(list.page);
        EXPECT_EQ(html.substr(0, html.rfind("</")), list.html) << list.page;
    }
}

TEST(Lists, have_no_numbers_that_markdown_cannot_write) {
    for (const char* start : {"-3", "x", "", "--4", "1.9"}) {
        EXPECT_EQ(markdown_of("<ol start='" + std::string(start) + "'><li>a<li>b</ol>"),
                  "1. a\n2. b\n")
            << start;
    }
    EXPECT_EQ(markdown_of("<ol><li value=-1>a<li value=y>b</ol>"), "1. a\n2. b\n");
    EXPECT_EQ(markdown_of("<ol start=99999999999999999999><li>a<li>b</ol>"),
              "999999999. a\n999999999) b\n");
    EXPECT_EQ(markdown_of("<ol reversed start=1><li>a<li>b<li>c</ol>"), "1. a\n0) b\n0. c\n");
    EXPECT_EQ(html_of("<ol reversed start=0><li>a<li>b</ol>"),
              "<ol reversed start=\"0\">\n<li>a</li>\n<li value=\"0\">b</li>\n</ol>\n");
}

TEST(Lists, are_numbered_alike_in_tei) {
    const std::string tei =
        render_page("<ol reversed><li>a<li value=7>b<li>c</ol>", Outputs::kTei).tei;
    EXPECT_NE(tei.find("<item n=\"3\">a</item>\n<item n=\"7\">b</item>\n<item n=\"6\">c</item>"),
              std::string::npos)
        << tei;
}

}  // namespace
}  // namespace riptide::core
