#include "http/rate_limiter.h"

#include <gtest/gtest.h>

#include "http/server_timing.h"

namespace riptide::http {
namespace {

using std::chrono::milliseconds;

constexpr RateLimiter::Clock::time_point kStart{std::chrono::hours(1)};

TEST(RateLimiter, admits_a_burst_and_then_the_rate) {
    RateLimiter limiter;
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(limiter.admit(1, 5, kStart));
    EXPECT_FALSE(limiter.admit(1, 5, kStart));
    EXPECT_FALSE(limiter.admit(1, 5, kStart + milliseconds(190)));
    EXPECT_TRUE(limiter.admit(1, 5, kStart + milliseconds(210)));
    EXPECT_FALSE(limiter.admit(1, 5, kStart + milliseconds(220)));
}

TEST(RateLimiter, does_not_save_up_more_than_a_burst) {
    RateLimiter limiter;
    EXPECT_TRUE(limiter.admit(1, 2, kStart));
    const auto later = kStart + std::chrono::hours(1);
    EXPECT_TRUE(limiter.admit(1, 2, later));
    EXPECT_TRUE(limiter.admit(1, 2, later));
    EXPECT_FALSE(limiter.admit(1, 2, later));
}

TEST(RateLimiter, a_request_that_began_before_another_costs_one_token_and_brings_none) {
    RateLimiter limiter;
    const auto later = kStart + std::chrono::seconds(2);
    EXPECT_TRUE(limiter.admit(1, 5, later));
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(limiter.admit(1, 5, kStart)) << i;
    EXPECT_FALSE(limiter.admit(1, 5, kStart));
    EXPECT_FALSE(limiter.admit(1, 5, later));
}

TEST(RateLimiter, keeps_clients_apart) {
    RateLimiter limiter;
    EXPECT_TRUE(limiter.admit(1, 1, kStart));
    EXPECT_FALSE(limiter.admit(1, 1, kStart));
    EXPECT_TRUE(limiter.admit(2, 1, kStart));
}

TEST(RateLimiter, forgets_idle_clients_before_busy_ones) {
    RateLimiter limiter;
    for (ClientKey client = 0; client < RateLimiter::kMostClients - 1; ++client) {
        EXPECT_TRUE(limiter.admit(client, 1, kStart));
    }
    const auto later = kStart + milliseconds(1500);
    EXPECT_TRUE(limiter.admit(RateLimiter::kMostClients, 1, later));
    EXPECT_TRUE(limiter.admit(RateLimiter::kMostClients + 1, 1, later));
    EXPECT_FALSE(limiter.admit(RateLimiter::kMostClients, 1, later));
}

TEST(ServerTiming, is_in_milliseconds) {
    const Timings timings{std::chrono::microseconds(7), std::chrono::nanoseconds(900),
                          std::chrono::microseconds(12345)};
    EXPECT_EQ(server_timing(timings, milliseconds(2)),
              "queue;dur=0.007, decode;dur=0.000, guest;dur=12.345, render;dur=2.000");
}

}  // namespace
}  // namespace riptide::http
