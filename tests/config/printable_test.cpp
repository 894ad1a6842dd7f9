#include "config/printable.h"

#include <gtest/gtest.h>

namespace riptide::config {
namespace {

TEST(Printable, keeps_text_in_any_language) {
    EXPECT_EQ(printable("plain name.html"), "plain name.html");
    EXPECT_EQ(printable("s\u00FC\u00DF \u6C34 \U0001F30A"), "s\u00FC\u00DF \u6C34 \U0001F30A");
    EXPECT_EQ(printable(""), "");
}

TEST(Printable, escapes_what_drives_a_terminal) {
    EXPECT_EQ(printable("a\x1b[31mb\nc\td\x7f"), "a\\x1b[31mb\\x0ac\\x09d\\x7f");
    EXPECT_EQ(printable("\u009B31m"), "\\xc2\\x9b31m");
    EXPECT_EQ(printable("\u202Egpj.exe\u2066"), "\\xe2\\x80\\xaegpj.exe\\xe2\\x81\\xa6");
    EXPECT_EQ(printable(std::string_view("\0", 1)), "\\x00");
}

TEST(Printable, escapes_bytes_that_are_not_utf8) {
    EXPECT_EQ(printable("caf\xe9.html"), "caf\\xe9.html");
    EXPECT_EQ(printable("\xc3"), "\\xc3");
    EXPECT_EQ(printable("\xff\xfe"), "\\xff\\xfe");
}

TEST(PrintableExcerpt, cuts_between_characters) {
    EXPECT_EQ(printable_excerpt(std::string(200, 'a')), std::string(200, 'a'));
    EXPECT_EQ(printable_excerpt(std::string(199, 'a') + "\u00FC" + "b"),
              std::string(199, 'a') + "...");
}

TEST(WithoutControls, keeps_layout_and_replaces_the_rest) {
    EXPECT_EQ(without_controls("a\tb\nc"), "a\tb\nc");
    EXPECT_EQ(without_controls("\x1b]0;title\x07"), "\uFFFD]0;title\uFFFD");
    EXPECT_EQ(without_controls("\u009Bm"), "\uFFFDm");
    EXPECT_EQ(without_controls("\u00A0\u202E"), "\u00A0\u202E");
}

}  // namespace
}  // namespace riptide::config
