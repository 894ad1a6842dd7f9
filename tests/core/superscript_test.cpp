#include "core/superscript.h"

#include <gtest/gtest.h>

#include "tests/core/render_support.h"

namespace riptide::core {
namespace {

using testing::html_of;
using testing::markdown_of;
using testing::text_of;

TEST(Superscript, keeps_powers_apart_from_their_base) {
    constexpr std::string_view kHtml = "<p>3 × 10<sup>8</sup> m, 10<sup>−3</sup>, Na<sup>+</sup>";
    EXPECT_EQ(text_of(kHtml), "3 × 10⁸ m, 10⁻³, Na+");
    EXPECT_EQ(markdown_of(kHtml), "3 × 10⁸ m, 10⁻³, Na+\n");
    EXPECT_EQ(html_of("<p>10<sup>8</sup> m"), "<p>10⁸ m</p>\n");
}

TEST(Superscript, keeps_the_link_of_a_footnote) {
    EXPECT_EQ(markdown_of("<p>So they say.<sup><a href='#n1'>12</a></sup>"),
              "So they say.[¹²](https://example.com/dir/page.html#n1)\n");
}

TEST(Superscript, leaves_what_reads_as_well_on_the_line) {
    EXPECT_EQ(text_of("<p>the 1<sup>st</sup>, as said<sup>[2]</sup> x<sup>" +
                      testing::repeat("1", 20) + "</sup>"),
              "the 1st, as said[2] x" + testing::repeat("1", 20));
}

}  // namespace
}  // namespace riptide::core
