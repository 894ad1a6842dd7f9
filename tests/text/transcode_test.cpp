#include "text/transcode.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "tests/text/encoded_samples.h"
#include "text/label.h"

namespace riptide::text {
namespace {

constexpr std::string_view kEveryEncoding[] = {
    "utf-8",        "ibm866",       "iso-8859-2",     "iso-8859-3",   "iso-8859-4",
    "iso-8859-5",   "iso-8859-6",   "iso-8859-7",     "iso-8859-8",   "iso-8859-8-i",
    "iso-8859-10",  "iso-8859-13",  "iso-8859-14",    "iso-8859-15",  "iso-8859-16",
    "koi8-r",       "koi8-u",       "macintosh",      "windows-874",  "windows-1250",
    "windows-1251", "windows-1252", "windows-1253",   "windows-1254", "windows-1255",
    "windows-1256", "windows-1257", "windows-1258",   "gbk",          "gb18030",
    "big5",         "euc-jp",       "iso-2022-jp",    "shift_jis",    "euc-kr",
    "replacement",  "utf-16be",     "x-mac-cyrillic", "utf-16le",     "x-user-defined"};

TEST(ToUtf8, decodes_a_sentence_in_every_encoding) {
    for (const EncodedSample& sample : kEncodedSamples) {
        EXPECT_EQ(to_utf8(sample.bytes, sample.encoding), sample.utf8) << sample.encoding;
    }
}

TEST(ToUtf8, decodes_text_longer_than_any_inner_buffer) {
    for (const EncodedSample& sample : kEncodedSamples) {
        std::string bytes;
        std::string expected;
        for (int i = 0; i < 3000; ++i) {
            bytes += sample.bytes;
            expected += sample.utf8;
        }
        EXPECT_TRUE(to_utf8(bytes, sample.encoding) == expected) << sample.encoding;
    }
}

struct BrokenCase {
    std::string_view encoding;
    std::string_view bytes;
    std::string_view utf8;
};

TEST(ToUtf8, replaces_what_is_not_valid_as_the_standard_says) {
    const BrokenCase cases[] = {
        // Each maximal subpart is one replacement (Unicode, table 3-8 and its neighbours).
        {"utf-8",
         "a\xF1\x80\x80\xE1\x80\xC2"
         "b\x80"
         "c\x80\xBF"
         "d",
         "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd"},
        {"utf-8", "\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41",
         "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\x41"},
        {"utf-8", "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
        {"utf-8", "\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42",
         "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\x41\uFFFD\uFFFD\x42"},
        {"utf-8", "ab\xE2\x82", "ab\uFFFD"},
        {"utf-8", "ab\xF0\x9F\x98", "ab\uFFFD"},
        // An ASCII byte after a lead is never swallowed: it may be markup.
        {"shift_jis", "\x81<b>", "\uFFFD<b>"},
        {"big5", "\x81<b>", "\uFFFD<b>"},
        {"euc-jp", "\xA4<b>", "\uFFFD<b>"},
        {"euc-kr", "\xB0<b>", "\uFFFD<b>"},
        {"gb18030", "\x81<b>", "\uFFFD<b>"},
        {"gb18030", "\x81\x30\x81<b>", "\uFFFD0\uFFFD<b>"},
        {"iso-2022-jp", "\x1B$B$<$\x1B(B<b>", "\u305C\uFFFD<b>"},
        // Cut off at the end.
        {"shift_jis", "a\x81", "a\uFFFD"},
        {"euc-jp", "a\x8F\xA1", "a\uFFFD"},
        {"gb18030", "a\x81\x30\x81", "a\uFFFD"},
        {"iso-2022-jp", "a\x1B", "a\uFFFD"},
        // Lone surrogates and half a code unit.
        {"utf-16le",
         "\x3D\xD8"
         "a\0"sv,
         "\uFFFDa"},
        {"utf-16be", "\xDE\0\0a"sv, "\uFFFDa"},
        {"utf-16le", "a\0b"sv, "a\uFFFD"},
        // Two code points for one pair of bytes.
        {"big5", "\x88\x62\x88\xA5", "\u00CA\u0304\u00EA\u030C"},
        // Unassigned, and C1 controls where Windows has none.
        {"windows-1253", "\xD2", "\uFFFD"},
        {"windows-1252", "\x81", "\u0081"},
        {"x-user-defined", "a\x80\xFF", "a\uF780\uF7FF"},
        {"gbk", "\x80", "\u20AC"},
        {"replacement", "<p>anything", "\uFFFD"},
        {"replacement", "", ""},
    };
    for (const BrokenCase& c : cases) {
        EXPECT_EQ(to_utf8(c.bytes, c.encoding), c.utf8)
            << c.encoding << ": " << testing::PrintToString(c.bytes);
    }
}

TEST(ToUtf8, keeps_nul_bytes) {
    EXPECT_EQ(to_utf8("a\0\xE9"sv, "windows-1252"), "a\0\u00E9"sv);
    EXPECT_EQ(to_utf8("a\0\xE9"sv, "utf-8"), "a\0\uFFFD"sv);
}

TEST(ToUtf8, says_truly_which_encodings_keep_ascii) {
    std::string ascii;
    for (char c = 0; c >= 0 && c < 127; ++c) ascii += c;
    for (std::string_view name : kEveryEncoding) {
        if (keeps_ascii(name)) {
            EXPECT_EQ(to_utf8(ascii, name), ascii) << name;
        }
    }
    EXPECT_FALSE(keeps_ascii("iso-2022-jp"));
    EXPECT_FALSE(keeps_ascii("utf-16le"));
    EXPECT_FALSE(keeps_ascii("replacement"));
}

/// Bytes that reach deep into the decoders: random, or made of bytes that mean something to them.
std::string hostile_bytes(std::mt19937& random) {
    constexpr std::string_view kTelling =
        "\x1B$(BJI@09\x80\x81\x84\x8E\x8F\xA1\xC2\xD8\xDC\xE0\xED\xF0\xF4\xFE\xFF<>\0"sv;
    const bool telling = random() % 2 == 0;
    std::string bytes(random() % (random() % 20 == 0 ? 20000 : 60), '\0');
    for (char& c : bytes) {
        c = telling ? kTelling[random() % kTelling.size()] : static_cast<char>(random() % 256);
    }
    return bytes;
}

TEST(ToUtf8, makes_valid_utf8_of_a_bounded_size_from_any_bytes) {
    std::mt19937 random(20260801);
    for (int round = 0; round < 4000; ++round) {
        const std::string bytes = hostile_bytes(random);
        const std::string_view name = kEveryEncoding[random() % std::size(kEveryEncoding)];
        const std::string utf8 = to_utf8(bytes, name);
        ASSERT_EQ(first_invalid_utf8(utf8), utf8.size())
            << name << " " << testing::PrintToString(bytes);
        ASSERT_LE(utf8.size(), 3 * bytes.size()) << name;
    }
}

TEST(EncodingName, is_the_lower_case_name_for_any_label) {
    struct LabelCase {
        std::string_view label;
        std::string_view name;
    };
    const LabelCase cases[] = {
        {"utf8", "utf-8"},
        {" UTF-8\r\n", "utf-8"},
        {"Latin1", "windows-1252"},
        {"ISO-8859-1", "windows-1252"},
        {"us-ascii", "windows-1252"},
        {"iso-8859-9", "windows-1254"},
        {"TIS-620", "windows-874"},
        {"gb2312", "gbk"},
        {"ks_c_5601-1987", "euc-kr"},
        {"x-sjis", "shift_jis"},
        {"Windows-31J", "shift_jis"},
        {"big5-hkscs", "big5"},
        {"cp866", "ibm866"},
        {"mac", "macintosh"},
        {"koi8-ru", "koi8-u"},
        {"logical", "iso-8859-8-i"},
        {"utf-16", "utf-16le"},
        {"UnicodeFFFE", "utf-16be"},
        {"ucs-2", "utf-16le"},
        {"unicode11utf8", "utf-8"},
        {"hz-gb-2312", "replacement"},
        {"iso-2022-kr", "replacement"},
        {"x-user-defined", "x-user-defined"},
        // No labels.
        {"", ""},
        {" \t", ""},
        {"utf-7", ""},
        {"utf-32", ""},
        {"utf-8x", ""},
        {"utf\0-8"sv, ""},
        {"\xA0utf-8", ""},
        {"cesu-8", ""},
        {"utf-8 utf-8 utf-8 utf-8 utf-8 utf-8 utf-8 utf-8", ""},
    };
    for (const LabelCase& c : cases) EXPECT_EQ(encoding_name(c.label), c.name) << c.label;
    for (std::string_view name : kEveryEncoding) EXPECT_EQ(encoding_name(name), name);
}

}  // namespace
}  // namespace riptide::text
