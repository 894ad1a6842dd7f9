#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <vector>

#include "pool/health.h"
#include "pool/line_fit.h"
#include "tests/pool/health_support.h"

namespace riptide {
namespace {

using namespace std::chrono_literals;

TEST(LineFit, finds_the_line_that_points_lie_on) {
    const std::array<Point, 5> points = {{{0, 1}, {1, 3}, {2, 5}, {3, 7}, {4, 9}}};
    const auto line = LineFit::through(points);
    ASSERT_TRUE(line.has_value());
    EXPECT_DOUBLE_EQ(line->slope(), 2);
    EXPECT_DOUBLE_EQ(line->at(10), 21);
    EXPECT_NEAR(line->slope_margin(), 0, 1e-12);
    EXPECT_NEAR(line->margin_at(10), 0, 1e-12);
}

TEST(LineFit, has_the_intervals_of_the_textbook) {
    // Worked by hand: slope 0.6, residual sum of squares 2.4, so s^2 = 0.8; t(0.975, 3) = 3.182.
    const std::array<Point, 5> points = {{{1, 2}, {2, 4}, {3, 5}, {4, 4}, {5, 5}}};
    const auto line = LineFit::through(points);
    ASSERT_TRUE(line.has_value());
    EXPECT_DOUBLE_EQ(line->slope(), 0.6);
    EXPECT_DOUBLE_EQ(line->at(3), 4);
    EXPECT_NEAR(line->slope_margin(), 3.182 * 0.28284, 0.01);
    EXPECT_NEAR(line->margin_at(3), 3.182 * 0.97980, 0.04);
    EXPECT_NEAR(line->margin_at(7), 3.182 * 1.49666, 0.06);
}

TEST(LineFit, needs_five_points_at_different_places) {
    const std::vector<Point> four(4, Point{0, 1});
    EXPECT_FALSE(LineFit::through(four).has_value());
    const std::vector<Point> same(5, Point{3, 1});
    EXPECT_FALSE(LineFit::through(same).has_value());
}

TEST(HealthForecast, waits_for_enough_history) {
    WatchedPool pool;
    for (int i = 0; i < 3; ++i) {
        const PoolHealthStatus status = pool.check(0.5);
        EXPECT_FALSE(status.utilization_forecast.has_value());
        EXPECT_FALSE(status.memory_forecast.has_value());
    }
    EXPECT_TRUE(pool.check(0.5).utilization_forecast.has_value());
}

TEST(HealthForecast, goes_on_with_a_steady_rise) {
    WatchedPool pool;
    PoolHealthStatus status;
    for (int i = 1; i <= 10; ++i) {
        pool.commit_percent(static_cast<std::uint64_t>(2 * i));
        status = pool.check(0.03 * i);
    }
    ASSERT_TRUE(status.utilization_forecast && status.memory_forecast);
    EXPECT_EQ(status.memory_forecast->horizon, 5min);
    EXPECT_NEAR(status.utilization_forecast->expected, 0.60, 0.001);
    EXPECT_NEAR(status.utilization_forecast->low, 0.60, 0.01);
    EXPECT_NEAR(status.utilization_forecast->high, 0.60, 0.01);
    EXPECT_NEAR(status.memory_forecast->expected, 0.40, 0.001);
}

TEST(HealthForecast, stays_between_0_and_1) {
    WatchedPool rising;
    WatchedPool falling;
    PoolHealthStatus high;
    PoolHealthStatus low;
    for (int i = 1; i <= 10; ++i) {
        high = rising.check(0.09 * i);
        low = falling.check(1 - 0.09 * i);
    }
    EXPECT_EQ(high.utilization_forecast->expected, 1.0);
    EXPECT_EQ(high.utilization_forecast->high, 1.0);
    EXPECT_EQ(low.utilization_forecast->expected, 0.0);
    EXPECT_EQ(low.utilization_forecast->low, 0.0);
}

TEST(HealthForecast, admits_that_it_does_not_know_when_load_jumps) {
    WatchedPool pool;
    PoolHealthStatus status;
    for (int i = 0; i < 10; ++i) status = pool.check(i % 2 == 0 ? 0.1 : 0.7);
    ASSERT_TRUE(status.utilization_forecast.has_value());
    EXPECT_EQ(status.utilization_forecast->low, 0.0);
    EXPECT_EQ(status.utilization_forecast->high, 1.0);
}

TEST(HealthForecast, forgets_what_is_older_than_the_window) {
    WatchedPool pool;
    for (int i = 0; i < 20; ++i) pool.check(0.9);
    PoolHealthStatus status;
    for (int i = 0; i < 11; ++i) status = pool.check(0.2);
    EXPECT_NEAR(status.utilization_forecast->expected, 0.2, 1e-9);
    EXPECT_NEAR(status.utilization_forecast->high, 0.2, 1e-6);
}

TEST(HealthTrend, is_degrading_while_utilisation_rises) {
    WatchedPool pool;
    PoolHealthStatus status;
    for (int i = 1; i <= 10; ++i) status = pool.check(0.05 * i);
    EXPECT_EQ(status.level, HealthLevel::kHealthy);
    EXPECT_EQ(status.trend, HealthTrend::kDegrading);
}

TEST(HealthTrend, is_improving_while_utilisation_falls) {
    WatchedPool pool;
    PoolHealthStatus status;
    for (int i = 1; i <= 11; ++i) status = pool.check(0.6 - 0.05 * i);
    EXPECT_EQ(status.trend, HealthTrend::kImproving);
}

TEST(HealthTrend, is_degrading_while_memory_fills) {
    WatchedPool pool;
    PoolHealthStatus status;
    for (int i = 1; i <= 10; ++i) {
        pool.commit_percent(static_cast<std::uint64_t>(2 * i));
        status = pool.check();
    }
    EXPECT_EQ(status.trend, HealthTrend::kDegrading);
}

TEST(HealthTrend, follows_the_success_rate) {
    WatchedPool pool;
    PoolHealthStatus status;
    for (std::uint64_t i = 0; i < 10; ++i) {
        pool.end_calls(100 - i, i);
        status = pool.check();
    }
    EXPECT_EQ(status.trend, HealthTrend::kDegrading);
    for (std::uint64_t i = 0; i < 11; ++i) {
        pool.end_calls(90 + i, 10 - i);
        status = pool.check();
    }
    EXPECT_EQ(status.trend, HealthTrend::kImproving);
}

TEST(HealthTrend, is_degrading_when_one_thing_gets_worse_and_another_better) {
    WatchedPool pool;
    PoolHealthStatus status;
    for (int i = 1; i <= 10; ++i) {
        pool.commit_percent(static_cast<std::uint64_t>(50 - 2 * i));
        status = pool.check(0.05 * i);
    }
    EXPECT_EQ(status.trend, HealthTrend::kDegrading);
}

TEST(HealthTrend, is_stable_for_a_change_too_small_to_matter) {
    WatchedPool pool;
    PoolHealthStatus status;
    for (int i = 1; i <= 20; ++i) status = pool.check(0.002 * i);
    EXPECT_EQ(status.trend, HealthTrend::kStable);
}

TEST(HealthTrend, is_stable_for_load_that_jumps_up_and_down) {
    WatchedPool pool;
    PoolHealthStatus status;
    for (int i = 0; i < 10; ++i) status = pool.check(i % 3 == 0 ? 0.6 : 0.1 + 0.01 * i);
    EXPECT_EQ(status.trend, HealthTrend::kStable);
}

}  // namespace
}  // namespace riptide
