#include "base/bytes.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace riptide {
namespace {

constexpr ByteSet kMarks = ByteSet::of("<\xFF");

TEST(ByteSet, holds_the_bytes_it_was_made_of_and_no_others) {
    for (int byte = 0; byte < 256; ++byte) {
        const auto c = static_cast<char>(byte);
        EXPECT_EQ(kMarks.contains(c), c == '<' || c == '\xFF') << byte;
    }
}

TEST(ByteSet, finds_the_first_of_its_bytes_wherever_it_stands_and_wherever_the_search_begins) {
    for (std::size_t size = 0; size < 20; ++size) {
        for (std::size_t at = 0; at <= size; ++at) {
            std::string text(size, 'x');
            if (at < size) text[at] = '\xFF';
            if (at + 1 < size) text[size - 1] = '<';
            for (std::size_t from = 0; from <= size; ++from) {
                const std::size_t expected = text.find_first_of("<\xFF", from);
                EXPECT_EQ(kMarks.find(text, from), expected == std::string::npos ? size : expected);
            }
        }
    }
}

TEST(ByteSet, finds_nothing_past_the_end) {
    EXPECT_EQ(kMarks.find("", 0), 0U);
    EXPECT_EQ(kMarks.find("ab", 2), 2U);
}

}  // namespace
}  // namespace riptide
