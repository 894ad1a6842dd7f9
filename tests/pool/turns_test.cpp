#include "pool/turns.h"

#include <gtest/gtest.h>

namespace riptide {
namespace {

using namespace std::chrono_literals;

constexpr Turns::TimePoint kStart{1000s};

TEST(Turns, are_as_many_at_once_as_said) {
    Turns turns({2, 20ms});
    EXPECT_TRUE(turns.is_free(kStart));
    turns.begin(kStart);
    turns.begin(kStart + 1ms);
    EXPECT_FALSE(turns.is_free(kStart + 2ms));
    turns.end(kStart + 1ms);
    EXPECT_TRUE(turns.is_free(kStart + 2ms));
}

TEST(Turns, are_over_by_themselves) {
    Turns turns({1, 20ms});
    EXPECT_TRUE(turns.next_end().is_never());
    turns.begin(kStart);
    EXPECT_EQ(turns.next_end(), Deadline::at(kStart + 20ms));
    EXPECT_FALSE(turns.is_free(kStart + 19ms));
    EXPECT_TRUE(turns.is_free(kStart + 20ms));
    turns.begin(kStart + 20ms);
    turns.end(kStart);
    EXPECT_FALSE(turns.is_free(kStart + 21ms));
}

}  // namespace
}  // namespace riptide
