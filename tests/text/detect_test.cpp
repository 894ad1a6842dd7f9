#include "text/detect.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/text/paragraphs.h"

namespace riptide::text {
namespace {

TEST(DetectEncoding, tells_the_encoding_of_a_paragraph_in_many_languages) {
    for (const Paragraph& paragraph : kParagraphs) {
        EXPECT_EQ(detect_encoding(paragraph.bytes), paragraph.encoding) << paragraph.language;
    }
}

TEST(DetectEncoding, is_not_misled_by_markup_before_and_around_the_text) {
    const std::string head = "<html><head><style>" + std::string(200000, 'x') + "</style></head>";
    for (const Paragraph& paragraph : kParagraphs) {
        std::string page = head + "<p class=\"lead\"><a href='/index.php?a=1'>";
        page.append(paragraph.bytes).append("</a></p><script>f(function(){return 1})</script>");
        EXPECT_EQ(detect_encoding(page), paragraph.encoding) << paragraph.language;
    }
}

TEST(DetectEncoding, takes_ascii_and_valid_utf8_for_utf8) {
    EXPECT_EQ(detect_encoding(""), "utf-8");
    EXPECT_EQ(detect_encoding("<p>plain"), "utf-8");
    EXPECT_EQ(detect_encoding("<p>caf\u00E9"), "utf-8");
    EXPECT_EQ(detect_encoding("\x1B[1mterminal\x1B[0m"), "utf-8");
    EXPECT_EQ(detect_encoding("~{<:Ky2;VS~}"), "utf-8");
}

TEST(DetectEncoding, forgives_utf8_a_broken_or_cut_character) {
    std::string page;
    for (int i = 0; i < 40; ++i) page += "\u0416\u0443\u043A ";
    EXPECT_EQ(detect_encoding(page + "\xD0"), "utf-8");
    EXPECT_EQ(detect_encoding(page + "\xE2\x82"), "utf-8");
    EXPECT_EQ(detect_encoding(page + "\xFF " + page), "utf-8");
    EXPECT_NE(detect_encoding("caf\xE9 caf\xE9 \u00E9"), "utf-8");
    EXPECT_NE(detect_encoding("\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9 caf\xE9 caf"),
              "utf-8");
}

TEST(DetectEncoding, falls_back_to_windows_1252) {
    EXPECT_EQ(detect_encoding("caf\xE9"), "windows-1252");
    EXPECT_EQ(detect_encoding("\x80"), "windows-1252");
    EXPECT_EQ(detect_encoding("<\xFF"), "windows-1252");
}

TEST(DetectEncoding, tells_windows_from_iso_by_the_marks_that_iso_lacks) {
    std::string text(kParagraphs[0].bytes);
    ASSERT_EQ(detect_encoding(text), "iso-8859-2");
    EXPECT_EQ(detect_encoding(text + " \x84tak\x94"), "windows-1250");
}

TEST(DetectUtf16, needs_every_other_byte_to_be_nul) {
    EXPECT_EQ(detect_utf16(std::string_view("<\0h\0t\0m\0l\0", 10)), "utf-16le");
    EXPECT_EQ(detect_utf16(std::string_view("\0<\0h\0t\0m\0l", 10)), "utf-16be");
    EXPECT_EQ(detect_utf16(std::string_view("<\0h\0", 4)), "");
    EXPECT_EQ(detect_utf16(std::string_view("<html>\0\0\0\0", 10)), "");
    EXPECT_EQ(detect_utf16(std::string(64, '\0')), "");
    EXPECT_EQ(detect_utf16("<!DOCTYPE html>"), "");
}

}  // namespace
}  // namespace riptide::text
