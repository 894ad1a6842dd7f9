#include "core/chars.h"

#include <gtest/gtest.h>

namespace riptide::core {
namespace {

TEST(Chars, tells_ink_from_space_and_nothing) {
    EXPECT_EQ(ink_at(" ", 0).ink, Ink::kSpace);
    EXPECT_EQ(ink_at("\u00A0", 0).ink, Ink::kSpace);
    EXPECT_EQ(ink_at("\u2009", 0).ink, Ink::kSpace);
    EXPECT_EQ(ink_at("\u3000", 0).size, 3);
    EXPECT_EQ(ink_at("\u200B", 0).ink, Ink::kNothing);
    EXPECT_EQ(ink_at("\u00AD", 0).ink, Ink::kNothing);
    EXPECT_EQ(ink_at("\x1B", 0).ink, Ink::kNothing);
    EXPECT_EQ(ink_at("\u200D", 0).ink, Ink::kVisible);
    EXPECT_EQ(ink_at("\u00E9", 0).ink, Ink::kVisible);
    EXPECT_EQ(ink_at("\U0001F600", 0).ink, Ink::kVisible);
}

TEST(Chars, knows_all_first_bytes_of_what_is_not_visible) {
    for (std::uint32_t p = 1; p < 0x110000; ++p) {
        if (p >= 0xD800 && p < 0xE000) continue;
        std::string text;
        append_utf8(p, text);
        const InkUnit unit = ink_at(text, 0);
        if (unit.ink != Ink::kVisible) {
            EXPECT_TRUE(kMayBeInkless.contains(text[0])) << p;
            EXPECT_EQ(unit.size, text.size()) << p;
        } else if (kMayBeInkless.contains(text[0])) {
            EXPECT_EQ(unit.size, text.size()) << p;
        }
    }
}

TEST(Chars, classifies_code_points) {
    EXPECT_EQ(char_class('a'), CharClass::kWord);
    EXPECT_EQ(char_class('$'), CharClass::kPunctuation);
    EXPECT_EQ(char_class(0x201C), CharClass::kPunctuation);
    EXPECT_EQ(char_class(0x060C), CharClass::kPunctuation);
    EXPECT_EQ(char_class(0x20AC), CharClass::kSymbol);
    EXPECT_EQ(char_class(0x1F600), CharClass::kSymbol);
    EXPECT_EQ(char_class(0x4E2D), CharClass::kWord);
    EXPECT_EQ(char_class(0xA0), CharClass::kSpace);
}

TEST(Chars, counts_words_between_spaces_and_punctuation) {
    EXPECT_EQ(count_words(""), 0U);
    EXPECT_EQ(count_words(" - ... !"), 0U);
    EXPECT_EQ(count_words("Hello, world!"), 2U);
    EXPECT_EQ(count_words("don't can\u2019t e.g. 3.14 1,000 a,b well-known"), 9U);
    EXPECT_EQ(count_words("\u041F\u0440\u0438\u0432\u0435\u0442 \u043C\u0438\u0440"), 2U);
    EXPECT_EQ(count_words("one\ntwo\tthree"), 3U);
}

TEST(Chars, counts_characters_of_scripts_without_spaces) {
    EXPECT_EQ(count_words("\u4E2D\u6587\u3001abc"), 3U);
    EXPECT_EQ(count_words("\uD55C\uAD6D \uC0AC\uB78C"), 2U);
    EXPECT_EQ(count_words("\u0E01\u0E02\u0E03\u0E04\u0E05\u0E06"), 2U);
}

TEST(Chars, reads_numbers_and_stops_at_the_largest) {
    EXPECT_EQ(parse_number(" 12px", 1), 12U);
    EXPECT_EQ(parse_number("-3", 7), 7U);
    EXPECT_EQ(parse_number("", 7), 7U);
    EXPECT_EQ(parse_number("99999999999999999999", 7), 999999999U);
}

TEST(Chars, puts_attribute_text_on_one_line) {
    std::string out;
    append_line(" a\n b\u200Bc\x01 \u00A0", out);
    EXPECT_EQ(out, "a bc");
}

TEST(Utf8Prefix, never_cuts_a_code_point) {
    const std::string text = "a\xC3\xA9\xEF\xBF\xBD";
    for (const auto& [bytes, kept] :
         {std::pair{0, 0}, {1, 1}, {2, 1}, {3, 3}, {4, 3}, {5, 3}, {6, 6}, {9, 6}}) {
        EXPECT_EQ(utf8_prefix(text, static_cast<std::size_t>(bytes)).size(),
                  static_cast<std::size_t>(kept));
    }
}

}  // namespace
}  // namespace riptide::core
