#include "text/decode.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/utf8.h"
#include "tests/text/encoded_samples.h"
#include "tests/text/paragraphs.h"

namespace riptide::text {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr std::string_view kNoHeader;
constexpr std::string_view kNoLabel;

DecodedPage decoded(std::string_view bytes, std::string_view content_type = kNoHeader,
                    std::string_view label = kNoLabel) {
    Result<DecodedPage> page = decode(bytes, content_type, label);
    EXPECT_TRUE(page.has_value()) << page.error().detail;
    return page ? *std::move(page) : DecodedPage::own("failed", "");
}

TEST(Decode, views_what_already_is_utf8) {
    const std::string_view bytes = "<p>na\u00EFve \U0001F600</p>";
    const DecodedPage page = decoded(bytes);
    EXPECT_EQ(page.utf8().data(), bytes.data());
    EXPECT_EQ(page.utf8(), bytes);
    EXPECT_TRUE(page.is_view());
    EXPECT_EQ(page.encoding(), "utf-8");
}

TEST(Decode, views_ascii_whatever_it_is_declared_as) {
    const std::string_view bytes = "<meta charset=shift_jis><p>plain";
    const DecodedPage page = decoded(bytes);
    EXPECT_EQ(page.utf8().data(), bytes.data());
    EXPECT_EQ(page.encoding(), "shift_jis");
    EXPECT_EQ(decoded("<p>plain").encoding(), "utf-8");
    EXPECT_EQ(decoded("").utf8(), "");
}

TEST(Decode, stays_whole_when_it_is_moved) {
    DecodedPage page = decoded("caf\xE9");
    const DecodedPage moved = std::move(page);
    EXPECT_EQ(moved.utf8(), "caf\u00E9");
}

TEST(Decode, strips_the_byte_order_mark) {
    const std::string_view utf8 = "\xEF\xBB\xBF<p>\u00E9";
    EXPECT_EQ(decoded(utf8).utf8(), "<p>\u00E9");
    EXPECT_EQ(decoded(utf8).utf8().data(), utf8.data() + 3);
    EXPECT_EQ(decoded("\xFF\xFE<\0p\0>\0\xE9\0"sv).utf8(), "<p>\u00E9");
    EXPECT_EQ(decoded("\xFF\xFE<\0p\0>\0\xE9\0"sv).encoding(), "utf-16le");
    EXPECT_EQ(decoded("\xFE\xFF\0<\0p\0>\0\xE9"sv).utf8(), "<p>\u00E9");
    EXPECT_EQ(decoded("\xFE\xFF\0<\0p\0>\0\xE9"sv).encoding(), "utf-16be");
    EXPECT_EQ(decoded("\xEF\xBB\xBF").utf8(), "");
    // Only one, and only at the start.
    EXPECT_EQ(decoded("\xEF\xBB\xBF\xEF\xBB\xBF").utf8(), "\uFEFF");
}

TEST(Decode, believes_mark_then_label_then_header_then_page_then_looks) {
    const std::string_view mark = "\xEF\xBB\xBF";
    const std::string page = "<meta charset=koi8-r>\xD1";
    const std::string_view header = "text/html; charset=windows-1251";
    EXPECT_EQ(decoded(std::string(mark) + page, header, "shift_jis").encoding(), "utf-8");
    EXPECT_EQ(decoded(page, header, "shift_jis").encoding(), "shift_jis");
    EXPECT_EQ(decoded(page, header).encoding(), "windows-1251");
    EXPECT_EQ(decoded(page).encoding(), "koi8-r");
    EXPECT_EQ(decoded("caf\xE9").encoding(), "windows-1252");
    EXPECT_EQ(decoded("caf\u00E9").encoding(), "utf-8");
}

TEST(Decode, passes_over_labels_that_header_or_page_made_up) {
    EXPECT_EQ(decoded("<meta charset=koi8-r>", "text/html; charset=none").encoding(), "koi8-r");
    EXPECT_EQ(decoded("<meta charset=none>caf\u00E9", "junk").encoding(), "utf-8");
}

TEST(Decode, believes_a_declaration_that_the_bytes_contradict) {
    EXPECT_EQ(decoded("caf\u00E9", "text/html; charset=iso-8859-1").utf8(), "caf\u00C3\u00A9");
    EXPECT_EQ(decoded("<meta charset=utf-8>caf\xE9 cr\xE8me").utf8(),
              "<meta charset=utf-8>caf\uFFFD cr\uFFFDme");
}

TEST(Decode, reads_every_encoding_by_label_header_and_meta) {
    for (const EncodedSample& sample : kEncodedSamples) {
        const std::string name(sample.encoding);
        EXPECT_EQ(decoded(sample.bytes, kNoHeader, name).utf8(), sample.utf8) << name;
        EXPECT_EQ(decoded(sample.bytes, "text/html; charset=" + name).utf8(), sample.utf8) << name;
        if (name.starts_with("utf-16")) continue;
        std::string page = "<meta charset=" + name + ">";
        const std::string expected = page + std::string(sample.utf8);
        EXPECT_EQ(decoded(page.append(sample.bytes)).utf8(), expected) << name;
        EXPECT_EQ(decoded(page).encoding(), name);
    }
}

TEST(Decode, reads_undeclared_paragraphs) {
    for (const Paragraph& paragraph : kParagraphs) {
        EXPECT_EQ(decoded(paragraph.bytes).utf8(), paragraph.utf8) << paragraph.language;
    }
}

TEST(Decode, reads_utf16_without_a_mark) {
    EXPECT_EQ(decoded("<\0p\0>\0H\0i\0"sv).utf8(), "<p>Hi");
    EXPECT_EQ(decoded("\0<\0p\0>\0H\0i"sv).utf8(), "<p>Hi");
    EXPECT_EQ(decoded("<\0?\0x\0m\0l\0"sv).encoding(), "utf-16le");
}

TEST(Decode, gives_one_replacement_for_encodings_that_the_standard_replaces) {
    const DecodedPage page = decoded("<p>some text", kNoHeader, "iso-2022-kr");
    EXPECT_EQ(page.utf8(), "\uFFFD");
    EXPECT_EQ(page.encoding(), "replacement");
}

TEST(Decode, keeps_nul_bytes) {
    EXPECT_EQ(decoded("<p>a\0b</p>"sv).utf8(), "<p>a\0b</p>"sv);
    EXPECT_EQ(decoded("<p>a\0b\xE9</p>"sv).utf8(), "<p>a\0b\u00E9</p>"sv);
}

TEST(Decode, refuses_an_unknown_label_and_says_what_would_be_right) {
    for (std::string_view label : {"utf-7"sv, "none"sv, "utf\n8"sv, "\xFF\xFE"sv}) {
        const Result<DecodedPage> page = decode("\xEF\xBB\xBFx", kNoHeader, label);
        ASSERT_FALSE(page.has_value()) << label;
        EXPECT_EQ(page.error().error_class, ErrorClass::kUnsupportedMode);
        EXPECT_THAT(page.error().detail, AllOf(HasSubstr("is not a known encoding label"),
                                               HasSubstr("utf-8, windows-1252 or shift_jis")));
    }
    EXPECT_THAT(decode("x", kNoHeader, " utf-7 ").error().detail, HasSubstr("\"utf-7\" is not"));
    EXPECT_THAT(decode("x", kNoHeader, "a\nb\xE9").error().detail, HasSubstr("\"a?b?\" is not"));
    EXPECT_LT(decode("x", kNoHeader, std::string(100000, 'x')).error().detail.size(), 200U);
}

TEST(Decode, takes_a_blank_label_for_none) {
    EXPECT_EQ(decoded("<meta charset=koi8-r>", kNoHeader, " ").encoding(), "koi8-r");
}

TEST(Decode, refuses_files_that_are_no_text) {
    const Result<DecodedPage> png = decode("\x89PNG\r\n\x1A\n\0\0"sv, "text/html", "utf-8");
    ASSERT_FALSE(png.has_value());
    EXPECT_EQ(png.error().error_class, ErrorClass::kInvalidHtml);
    EXPECT_EQ(png.error().detail, "the input is a PNG image, not HTML");
    EXPECT_EQ(decode(std::string(500, '\1'), "", "").error().detail,
              "the input is binary data, not HTML");
    EXPECT_FALSE(decode("%PDF-1.4\n", "", "utf-16").has_value());
}

TEST(Decode, takes_control_bytes_for_what_they_are_in_utf16) {
    std::string bytes;
    for (int i = 0; i < 100; ++i) bytes += "\x01\x30\x02\x30";
    EXPECT_TRUE(decode(bytes, "text/html; charset=utf-16le", "").has_value());
    EXPECT_FALSE(decode(bytes, "", "").has_value());
}

TEST(Decode, answers_any_bytes_with_valid_utf8_or_a_typed_error) {
    constexpr std::string_view kPieces[] = {"<meta charset=",
                                            "<meta http-equiv=content-type content='charset=",
                                            "utf-8",
                                            "shift_jis",
                                            "big5",
                                            "gb18030",
                                            "iso-2022-jp",
                                            ">",
                                            "'>",
                                            "<!--",
                                            "-->",
                                            "<?xml encoding=",
                                            "\x1B$B",
                                            "\xFF\xFE",
                                            "\xEF\xBB\xBF",
                                            "\0"sv,
                                            "\xE4\xB8\xAD",
                                            "\xD0",
                                            "text text text ",
                                            "\x81\x30"};
    constexpr std::string_view kHeaders[] = {"", "text/html; charset=euc-jp", "\"", ";,;="};
    constexpr std::string_view kLabels[] = {"", "gbk", "utf-16be", "junk", "x-user-defined"};
    std::mt19937 random(42);
    const auto pick = [&](const auto& list) { return list[random() % std::size(list)]; };
    for (int round = 0; round < 5000; ++round) {
        std::string bytes;
        for (unsigned i = random() % 12; i > 0; --i) {
            bytes += pick(kPieces);
            for (unsigned j = random() % 6; j > 0; --j) bytes += static_cast<char>(random() % 256);
        }
        const Result<DecodedPage> page = decode(bytes, pick(kHeaders), pick(kLabels));
        if (page) {
            ASSERT_EQ(first_invalid_utf8(page->utf8()), page->utf8().size())
                << testing::PrintToString(bytes);
            ASSERT_FALSE(page->encoding().empty());
        } else {
            ASSERT_TRUE(page.error().error_class == ErrorClass::kUnsupportedMode ||
                        page.error().error_class == ErrorClass::kInvalidHtml);
        }
    }
}

TEST(Decode, gives_the_same_from_many_threads) {
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([] {
            for (int round = 0; round < 20; ++round) {
                for (const Paragraph& paragraph : kParagraphs) {
                    EXPECT_EQ(decoded(paragraph.bytes).utf8(), paragraph.utf8);
                }
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
}

/// Bytes that once made decoders slow: each is repeated to a size and ten times that size.
/// What the calling thread has used, in seconds: what other programs take of the machine is not in
/// it.
double processor_time() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

TEST(Decode, takes_time_in_proportion_to_the_page) {
    const auto best_of = [](std::string_view unit, std::size_t size, std::string_view label) {
        std::string bytes;
        while (bytes.size() < size) bytes += unit;
        double best = std::numeric_limits<double>::max();
        for (int i = 0; i < 5; ++i) {
            const double start = processor_time();
            decoded(bytes, kNoHeader, label);
            best = std::min(best, processor_time() - start);
        }
        return best;
    };
    for (std::string_view label : {""sv, "utf-8"sv, "gb18030"sv, "iso-2022-jp"sv, "big5"sv}) {
        for (std::string_view unit : {"\xFF"sv, "<"sv, "\x81\x30"sv, "<!--\xE9"sv, "\xE2\x82 "sv,
                                      "\x1B$"sv, "\xF0\x9F\x98\x80\xC3"sv}) {
            // A quadratic decoder would take a hundred times as long, and several seconds.
            const double small = best_of(unit, 100'000, label);
            const double large = best_of(unit, 1'000'000, label);
            EXPECT_LT(large, 40 * small + 0.01) << label << " " << testing::PrintToString(unit);
        }
    }
}

}  // namespace
}  // namespace riptide::text
