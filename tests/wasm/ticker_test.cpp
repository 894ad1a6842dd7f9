#include "wasm/ticker.h"

#include <gtest/gtest.h>

namespace riptide::wasm {
namespace {

using namespace std::chrono_literals;

TEST(Ticker, gives_a_deadline_at_least_its_whole_time) {
    EXPECT_EQ(Ticker::ticks_for(0ns), 1U);
    EXPECT_EQ(Ticker::ticks_for(1ns), 2U);
    EXPECT_EQ(Ticker::ticks_for(1ms), 2U);
    EXPECT_EQ(Ticker::ticks_for(1ms + 1ns), 3U);
    EXPECT_EQ(Ticker::ticks_for(30s), 30'001U);
}

}  // namespace
}  // namespace riptide::wasm
