#include "base/utf8.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace riptide {
namespace {

/// The size of the well-formed sequence at the start of `bytes`, by decoding it and asking whether
/// what came out would be encoded like that: slow, and nothing like the code under test.
std::size_t naive_sequence(std::string_view bytes) {
    if (bytes.empty()) return 0;
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
    std::size_t size = 1;
    std::uint32_t code = byte(0);
    if (code >= 0x80) {
        if (code >> 5 == 0x6) {
            size = 2;
            code &= 0x1F;
        } else if (code >> 4 == 0xE) {
            size = 3;
            code &= 0xF;
        } else if (code >> 3 == 0x1E) {
            size = 4;
            code &= 0x7;
        } else {
            return 0;
        }
    }
    if (bytes.size() < size) return 0;
    for (std::size_t i = 1; i < size; ++i) {
        if (byte(i) >> 6 != 2) return 0;
        code = code << 6 | (byte(i) & 0x3F);
    }
    constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool is_scalar = code <= 0x10FFFF && !(code >= 0xD800 && code <= 0xDFFF);
    return code >= kSmallest[size] && is_scalar ? size : 0;
}

std::size_t naive_first_invalid(std::string_view bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        const std::size_t size = naive_sequence(bytes.substr(at));
        if (size == 0) return at;
        at += size;
    }
    return at;
}

/// Whether some well-formed sequence begins with `bytes`.
bool naive_is_prefix(std::string_view bytes) {
    constexpr std::string_view kTrails[] = {"\x80", "\x8F", "\x90", "\x9F", "\xA0", "\xBF"};
    if (naive_sequence(bytes) == bytes.size()) return true;
    if (bytes.size() >= 4) return false;
    for (std::string_view trail : kTrails) {
        if (naive_is_prefix(std::string(bytes) + std::string(trail))) return true;
    }
    return false;
}

std::size_t naive_invalid_size(std::string_view bytes) {
    std::size_t size = 1;
    while (size < bytes.size() && naive_is_prefix(bytes.substr(0, size + 1))) ++size;
    return size;
}

std::string of(std::initializer_list<unsigned> bytes) {
    std::string text;
    for (unsigned byte : bytes) text += static_cast<char>(byte);
    return text;
}

TEST(FirstInvalidUtf8, agrees_with_a_naive_decoder_on_every_sequence_of_three_bytes) {
    std::string bytes(3, '\0');
    for (unsigned i = 0; i < 1U << 24; ++i) {
        bytes[0] = static_cast<char>(i >> 16);
        // Of all that follows an ASCII byte, a few are enough: the rest is its own first case.
        if (bytes[0] >= 0 && bytes[0] != 'a') continue;
        bytes[1] = static_cast<char>(i >> 8);
        bytes[2] = static_cast<char>(i);
        ASSERT_EQ(first_invalid_utf8(bytes), naive_first_invalid(bytes))
            << testing::PrintToString(bytes);
    }
}

TEST(FirstInvalidUtf8, agrees_with_a_naive_decoder_on_every_four_byte_lead_and_trail) {
    for (unsigned lead = 0xEF; lead <= 0xFF; ++lead) {
        for (unsigned second = 0; second < 256; ++second) {
            for (unsigned third : {0x00, 0x7F, 0x80, 0x9F, 0xBF, 0xC0, 0xFF}) {
                for (unsigned fourth = 0; fourth < 256; ++fourth) {
                    const std::string bytes = of({lead, second, third, fourth});
                    ASSERT_EQ(first_invalid_utf8(bytes), naive_first_invalid(bytes))
                        << testing::PrintToString(bytes);
                }
            }
        }
    }
}

TEST(FirstInvalidUtf8, takes_every_scalar_value_and_no_surrogate) {
    const auto encode = [](std::uint32_t code) {
        if (code < 0x80) return of({code});
        if (code < 0x800) return of({0xC0 | code >> 6, 0x80 | (code & 0x3F)});
        if (code < 0x10000) {
            return of({0xE0 | code >> 12, 0x80 | (code >> 6 & 0x3F), 0x80 | (code & 0x3F)});
        }
        return of({0xF0 | code >> 18, 0x80 | (code >> 12 & 0x3F), 0x80 | (code >> 6 & 0x3F),
                   0x80 | (code & 0x3F)});
    };
    for (std::uint32_t code = 0; code < 0x110100; ++code) {
        const std::string bytes = encode(code);
        const bool is_scalar = code <= 0x10FFFF && !(code >= 0xD800 && code <= 0xDFFF);
        ASSERT_EQ(first_invalid_utf8(bytes), is_scalar ? bytes.size() : 0) << code;
    }
}

TEST(FirstInvalidUtf8, finds_the_bad_byte_at_every_offset_and_alignment) {
    for (std::string_view bad :
         {"\xFF", "\x80", "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xED\xA0\x80"}) {
        for (std::size_t size = 0; size < 100; ++size) {
            const std::string before(size, 'a');
            for (std::size_t skip = 0; skip < std::min<std::size_t>(size + 1, 9); ++skip) {
                std::string bytes = before + std::string(bad);
                EXPECT_EQ(first_invalid_utf8(std::string_view(bytes).substr(skip)), size - skip);
                bytes += std::string(40, 'b');
                EXPECT_EQ(first_invalid_utf8(std::string_view(bytes).substr(skip)), size - skip);
            }
        }
    }
}

TEST(AsciiSize, is_the_offset_of_the_first_other_byte) {
    for (std::size_t size = 0; size < 100; ++size) {
        std::string bytes(size, '\x7F');
        EXPECT_EQ(ascii_size(bytes), size);
        for (char other : {'\x80', '\xC3', '\xFF'}) {
            EXPECT_EQ(ascii_size(bytes + other), size);
            EXPECT_EQ(ascii_size(bytes + other + std::string(50, 'a')), size);
        }
    }
}

TEST(FirstInvalidUtf8, does_not_look_beyond_the_end) {
    const std::string_view bytes = "aaaaaaa\u20ACa";
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
        const std::string_view cut = bytes.substr(0, size);
        EXPECT_EQ(first_invalid_utf8(cut), naive_first_invalid(cut)) << size;
    }
    EXPECT_EQ(first_invalid_utf8({}), 0U);
}

TEST(FirstInvalidUtf8, agrees_with_a_naive_decoder_on_mixed_text) {
    constexpr std::string_view kPieces[] = {"a",
                                            "<p class=x>",
                                            "\u00E9",
                                            "\u0416",
                                            "\u4E2D",
                                            "\U0001F600",
                                            "\x80",
                                            "\xC3",
                                            "\xE4\xB8",
                                            "\xF0\x9F",
                                            "plain ascii, over eight bytes",
                                            "\u20AC"};
    std::mt19937 random(1);
    for (int round = 0; round < 20000; ++round) {
        std::string bytes;
        for (unsigned i = random() % 30; i > 0; --i) {
            // Broken pieces are rare, so that the valid part gets long.
            const std::string_view piece = kPieces[random() % std::size(kPieces)];
            if (naive_sequence(piece) == 0 && random() % 20 != 0) continue;
            bytes += piece;
        }
        ASSERT_EQ(first_invalid_utf8(bytes), naive_first_invalid(bytes))
            << testing::PrintToString(bytes);
    }
}

TEST(InvalidUtf8Size, is_the_maximal_subpart) {
    for (unsigned lead = 0x80; lead < 256; ++lead) {
        for (unsigned second = 0; second < 256; ++second) {
            for (unsigned third : {0x41, 0x80, 0xBF, 0xC3}) {
                for (unsigned fourth : {0x41, 0x80, 0xE2}) {
                    const std::string bytes = of({lead, second, third, fourth});
                    for (std::size_t size = 1; size <= bytes.size(); ++size) {
                        const std::string_view cut = std::string_view(bytes).substr(0, size);
                        if (first_invalid_utf8(cut) != 0) continue;
                        ASSERT_EQ(invalid_utf8_size(cut, 0), naive_invalid_size(cut))
                            << testing::PrintToString(cut);
                    }
                }
            }
        }
    }
}

TEST(ValidUtf8, has_one_replacement_for_each_ill_formed_part) {
    EXPECT_EQ(valid_utf8(""), "");
    EXPECT_EQ(valid_utf8("caf\u00E9"), "caf\u00E9");
    // Two bytes of a sequence of three, a byte that leads none, and a sequence that is cut off.
    EXPECT_EQ(valid_utf8("a\xE2\x82z\xFF\xFF"
                         "b\xF0\x9F"),
              "a\uFFFDz\uFFFD\uFFFDb\uFFFD");
}

}  // namespace
}  // namespace riptide
