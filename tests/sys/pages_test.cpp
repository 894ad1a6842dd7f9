#include "sys/pages.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

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

TEST(Pages, begin_where_a_page_does_and_a_huge_one_where_there_is_much) {
    constexpr std::uintptr_t kHugePage = std::uintptr_t{2} << 20;
    const auto address = [](const Pages& pages) {
        return reinterpret_cast<std::uintptr_t>(pages.bytes().data());
    };
    EXPECT_EQ(address(Pages::map(100).value()) % static_cast<std::uintptr_t>(::getpagesize()), 0U);
    std::vector<Pages> several;
    for (int i = 0; i < 4; ++i) {
        several.push_back(Pages::map((std::size_t{3} << 20) + 5).value());
        EXPECT_EQ(address(several.back()) % kHugePage, 0U);
    }
}

TEST(Pages, that_are_read_only_keep_what_was_written) {
    Result<Pages> pages = Pages::map((std::size_t{2} << 20) + 1);
    ASSERT_TRUE(pages);
    pages->bytes().back() = 9;
    ASSERT_TRUE(pages->make_read_only());
    EXPECT_EQ(pages->bytes().back(), 9);
    EXPECT_DEATH(pages->bytes().back() = 1, "");
}

TEST(Pages, more_memory_than_there_is_is_an_error_that_says_how_much) {
    constexpr std::size_t kTooMuch = std::numeric_limits<std::size_t>::max() / 2;
    const Result<Pages> pages = Pages::map(kTooMuch);
    ASSERT_FALSE(pages);
    EXPECT_NE(pages.error().detail.find(std::to_string(kTooMuch)), std::string::npos);
}

}  // namespace
}  // namespace riptide::sys
