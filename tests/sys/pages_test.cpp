#include "sys/pages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

namespace riptide::sys {
namespace {

TEST(Pages, are_zeroed_and_writable_to_the_last_byte) {
    constexpr std::size_t kSize = (5 << 20) + 1;
    Result<Pages> pages = Pages::map(kSize);
    ASSERT_TRUE(pages) << pages.error().detail;
    const auto bytes = pages->bytes();
    ASSERT_EQ(bytes.size(), kSize);
    EXPECT_EQ(std::ranges::count(bytes, 0), static_cast<std::ptrdiff_t>(kSize));
    bytes.back() = 7;
    EXPECT_EQ(bytes.back(), 7);
}

TEST(Pages, move_with_their_owner) {
    Result<Pages> pages = Pages::map(1);
    ASSERT_TRUE(pages);
    pages->bytes()[0] = 3;
    const Pages moved = std::move(*pages);
    EXPECT_EQ(moved.bytes()[0], 3);
    EXPECT_TRUE(pages->bytes().empty());  // NOLINT(bugprone-use-after-move): that is the point
}

TEST(Pages, more_memory_than_there_is_is_an_error_that_says_how_much) {
    constexpr std::size_t kTooMuch = std::numeric_limits<std::size_t>::max() / 2;
    const Result<Pages> pages = Pages::map(kTooMuch);
    ASSERT_FALSE(pages);
    EXPECT_NE(pages.error().detail.find(std::to_string(kTooMuch)), std::string::npos);
}

}  // namespace
}  // namespace riptide::sys
