#include "base/escape.h"

#include <gtest/gtest.h>

namespace riptide {
namespace {

std::string html(std::string_view text) {
    std::string out = ">";
    append_html(text, out);
    return out;
}

std::string xml(std::string_view text) {
    std::string out = ">";
    append_xml(text, out);
    return out;
}

TEST(Escape, what_both_languages_read_as_markup) {
    for (const auto& escape : {html, xml}) {
        EXPECT_EQ(escape(""), ">");
        EXPECT_EQ(escape("a < b && c > \"d\" 'e'"),
                  ">a &lt; b &amp;&amp; c &gt; &quot;d&quot; 'e'");
        EXPECT_EQ(escape("<script>]]>"), ">&lt;script&gt;]]&gt;");
        EXPECT_EQ(escape("Grüße 漢字 \xF0\x9F\x98\x80"), ">Grüße 漢字 \xF0\x9F\x98\x80");
    }
}

TEST(Escape, leaves_out_what_xml_has_no_place_for) {
    EXPECT_EQ(xml(std::string_view("a\0b\x01\x08\x0B\x0C\r\x1F"
                                   "c",
                                   10)),
              ">abc");
    EXPECT_EQ(xml("a\tb\nc"), ">a\tb\nc");
    EXPECT_EQ(xml("a\uFFFE\uFFFF\uFFFD\uFFFE<"), ">a\uFFFD&lt;");
    EXPECT_EQ(xml("\x7F\u0085"), ">\x7F\u0085");
}

}  // namespace
}  // namespace riptide
