#include "pool/health.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <limits>

#include "pool/busy_time.h"
#include "tests/pool/health_support.h"

namespace riptide {
namespace {

using namespace std::chrono_literals;

double below(double value) { return std::nextafter(value, 0.0); }
double above(double value) { return std::nextafter(value, 1.0); }

TEST(HealthLevels, follow_the_table_for_the_success_rate) {
    EXPECT_EQ(success_level(1.0), HealthLevel::kHealthy);
    EXPECT_EQ(success_level(above(0.90)), HealthLevel::kHealthy);
    EXPECT_EQ(success_level(90.0 / 100), HealthLevel::kDegraded);
    EXPECT_EQ(success_level(above(0.75)), HealthLevel::kDegraded);
    EXPECT_EQ(success_level(0.75), HealthLevel::kUnhealthy);
    EXPECT_EQ(success_level(above(0.50)), HealthLevel::kUnhealthy);
    EXPECT_EQ(success_level(0.50), HealthLevel::kCritical);
    EXPECT_EQ(success_level(0.0), HealthLevel::kCritical);
}

TEST(HealthLevels, follow_the_table_for_utilisation) {
    EXPECT_EQ(utilization_level(0.0), HealthLevel::kHealthy);
    EXPECT_EQ(utilization_level(below(0.75)), HealthLevel::kHealthy);
    EXPECT_EQ(utilization_level(0.75), HealthLevel::kDegraded);
    EXPECT_EQ(utilization_level(below(0.85)), HealthLevel::kDegraded);
    EXPECT_EQ(utilization_level(85.0 / 100), HealthLevel::kUnhealthy);
    EXPECT_EQ(utilization_level(below(0.95)), HealthLevel::kUnhealthy);
    EXPECT_EQ(utilization_level(95.0 / 100), HealthLevel::kCritical);
    EXPECT_EQ(utilization_level(1.0), HealthLevel::kCritical);
}

TEST(HealthLevels, follow_the_table_for_memory_pressure) {
    EXPECT_EQ(memory_pressure(0.0), MemoryPressure::kLow);
    EXPECT_EQ(memory_pressure(below(0.70)), MemoryPressure::kLow);
    EXPECT_EQ(memory_pressure(70.0 / 100), MemoryPressure::kMedium);
    EXPECT_EQ(memory_pressure(below(0.85)), MemoryPressure::kMedium);
    EXPECT_EQ(memory_pressure(0.85), MemoryPressure::kHigh);
    EXPECT_EQ(memory_pressure(below(0.95)), MemoryPressure::kHigh);
    EXPECT_EQ(memory_pressure(0.95), MemoryPressure::kCritical);
    EXPECT_EQ(memory_pressure(1.0), MemoryPressure::kCritical);
}

TEST(HealthLevels, are_the_worst_of_the_three_rows) {
    const auto healthy = HealthLevel::kHealthy;
    EXPECT_EQ(worst(healthy, healthy, MemoryPressure::kLow), HealthLevel::kHealthy);
    EXPECT_EQ(worst(HealthLevel::kDegraded, healthy, MemoryPressure::kLow), HealthLevel::kDegraded);
    EXPECT_EQ(worst(healthy, HealthLevel::kUnhealthy, MemoryPressure::kMedium),
              HealthLevel::kUnhealthy);
    EXPECT_EQ(worst(HealthLevel::kDegraded, healthy, MemoryPressure::kHigh),
              HealthLevel::kUnhealthy);
    EXPECT_EQ(worst(healthy, HealthLevel::kDegraded, MemoryPressure::kCritical),
              HealthLevel::kCritical);
}

TEST(HealthMonitor, takes_an_idle_pool_for_healthy_at_0_percent) {
    WatchedPool pool;
    for (int i = 0; i < 20; ++i) {
        const PoolHealthStatus status = pool.check();
        EXPECT_EQ(status.level, HealthLevel::kHealthy);
        EXPECT_EQ(status.utilization, 0.0);
        EXPECT_EQ(status.success_rate, 1.0);
        EXPECT_EQ(status.fallback_rate, 0.0);
        EXPECT_EQ(status.calls, 0U);
        EXPECT_EQ(status.trend, HealthTrend::kStable);
    }
}

TEST(HealthMonitor, gets_worse_at_once) {
    WatchedPool pool;
    EXPECT_EQ(pool.check(0.10).level, HealthLevel::kHealthy);
    EXPECT_EQ(pool.check(0.80).level, HealthLevel::kDegraded);
    EXPECT_EQ(pool.check(0.99).level, HealthLevel::kCritical);
}

TEST(HealthMonitor, gets_one_level_better_after_each_two_better_checks) {
    WatchedPool pool;
    ASSERT_EQ(pool.check(1.00).level, HealthLevel::kCritical);
    EXPECT_EQ(pool.check(0.10).level, HealthLevel::kCritical);
    EXPECT_EQ(pool.check(0.10).level, HealthLevel::kUnhealthy);
    EXPECT_EQ(pool.check(0.10).level, HealthLevel::kUnhealthy);
    EXPECT_EQ(pool.check(0.10).level, HealthLevel::kDegraded);
    EXPECT_EQ(pool.check(0.10).level, HealthLevel::kDegraded);
    EXPECT_EQ(pool.check(0.10).level, HealthLevel::kHealthy);
    EXPECT_EQ(pool.check(0.10).level, HealthLevel::kHealthy);
}

TEST(HealthMonitor, does_not_get_better_when_every_other_check_is_bad) {
    WatchedPool pool;
    ASSERT_EQ(pool.check(0.80).level, HealthLevel::kDegraded);
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(pool.check(0.10).level, HealthLevel::kDegraded);
        EXPECT_EQ(pool.check(0.80).level, HealthLevel::kDegraded);
    }
}

TEST(HealthMonitor, stays_worse_while_a_peek_is_better_and_shows_a_worse_one_at_once) {
    WatchedPool pool;
    pool.check(0.80);
    for (int i = 0; i < 10; ++i) {
        pool.pass(1s);
        EXPECT_EQ(pool.monitor.peek(pool.sample).level, HealthLevel::kDegraded);
    }
    pool.commit_percent(96);
    const PoolHealthStatus peeked = pool.monitor.peek(pool.sample);
    EXPECT_EQ(peeked.level, HealthLevel::kCritical);
    EXPECT_EQ(peeked.memory_pressure, MemoryPressure::kCritical);
    pool.commit_percent(10);
    EXPECT_EQ(pool.monitor.peek(pool.sample).level, HealthLevel::kDegraded);
    // Peeking has not advanced the hysteresis.
    EXPECT_EQ(pool.check(0.10).level, HealthLevel::kDegraded);
    EXPECT_EQ(pool.check(0.10).level, HealthLevel::kHealthy);
}

TEST(HealthMonitor, counts_the_last_5_minutes_and_not_all_since_the_start) {
    WatchedPool pool;
    pool.end_calls(0, 1000);
    EXPECT_EQ(pool.check().success_rate, 0.0);
    PoolHealthStatus status;
    for (int i = 0; i < 10; ++i) {
        pool.end_calls(100, 0);
        status = pool.check();
    }
    EXPECT_EQ(status.window, 5min);
    EXPECT_EQ(status.calls, 1000U);
    EXPECT_EQ(status.success_rate, 1.0);
    EXPECT_EQ(status.success_level, HealthLevel::kHealthy);
}

TEST(HealthMonitor, weighs_calls_and_not_checks) {
    WatchedPool pool;
    pool.end_calls(0, 1);
    pool.check();
    pool.end_calls(99, 0);
    EXPECT_EQ(pool.check().success_rate, 0.99);
}

TEST(HealthMonitor, tells_the_share_of_fallbacks_among_the_calls) {
    WatchedPool pool;
    pool.end_calls(70, 10);
    pool.sample.fallbacks = 20;
    EXPECT_EQ(pool.check().fallback_rate, 0.25);
    pool.end_calls(8, 2);
    pool.sample.fallbacks = 100;
    EXPECT_EQ(pool.monitor.peek(pool.sample).fallback_rate, 1.0);
}

TEST(HealthMonitor, compares_with_the_last_check_where_checks_are_rarer_than_the_window) {
    WatchedPool pool;
    for (int i = 0; i < 3; ++i) {
        pool.end_calls(10, 10);
        pool.pass(1h);
        const PoolHealthStatus status = pool.monitor.record(pool.sample);
        EXPECT_EQ(status.window, 1h);
        EXPECT_EQ(status.calls, 20U);
        EXPECT_EQ(status.success_rate, 0.5);
    }
}

TEST(HealthMonitor, covers_less_than_the_window_where_checks_come_too_fast_to_keep) {
    WatchedPool pool;
    for (int i = 0; i < 1000; ++i) {
        pool.pass(100ms);
        pool.monitor.record(pool.sample);
    }
    pool.pass(100ms);
    EXPECT_EQ(pool.monitor.peek(pool.sample).window, 60s);
}

TEST(HealthMonitor, takes_the_mean_utilisation_since_the_check_before) {
    WatchedPool pool;
    EXPECT_EQ(pool.check(0.50).utilization, 0.5);
    // Nobody is at work at the moment of the check, nor was at the one before.
    EXPECT_EQ(pool.check(0.25).utilization, 0.25);
    pool.pass(10s);
    pool.sample.busy += 8s;
    EXPECT_EQ(pool.monitor.peek(pool.sample).utilization, 0.1);
}

TEST(HealthMonitor, takes_the_share_of_the_moment_where_no_time_has_passed) {
    WatchedPool pool;
    pool.sample.active_instances = 6;
    const PoolHealthStatus status = pool.monitor.peek(pool.sample);
    EXPECT_EQ(status.utilization, 0.75);
    EXPECT_EQ(status.level, HealthLevel::kDegraded);
}

TEST(HealthMonitor, takes_a_pool_without_instances_or_memory_for_idle) {
    PoolSample nothing;
    HealthMonitor monitor(nothing);
    nothing.at += 30s;
    const PoolHealthStatus status = monitor.record(nothing);
    EXPECT_EQ(status.level, HealthLevel::kHealthy);
    EXPECT_EQ(status.utilization, 0.0);
    EXPECT_EQ(status.memory_ratio, 0.0);
}

TEST(HealthMonitor, passes_on_what_the_pool_says) {
    WatchedPool pool;
    pool.sample.active_instances = 3;
    pool.sample.available_instances = 5;
    pool.sample.memory.peak_pages = 77;
    pool.sample.memory.grow_failures = 4;
    pool.sample.breaker = CircuitBreakerState::kHalfOpen;
    pool.sample.canary = CanaryResult::kPassed;
    pool.commit_percent(40);
    const PoolHealthStatus status = pool.check();
    EXPECT_EQ(status.checked_at, pool.sample.at);
    EXPECT_EQ(status.max_instances, 8U);
    EXPECT_EQ(status.active_instances, 3U);
    EXPECT_EQ(status.available_instances, 5U);
    EXPECT_EQ(status.memory.peak_pages, 77U);
    EXPECT_EQ(status.memory.grow_failures, 4U);
    EXPECT_EQ(status.memory.committed, Bytes::mib(320));
    EXPECT_EQ(status.memory_ratio, 0.4);
    EXPECT_EQ(status.breaker, CircuitBreakerState::kHalfOpen);
    EXPECT_EQ(status.canary, CanaryResult::kPassed);
}

TEST(BusyTime, adds_up_calls_that_overlap_and_those_that_still_run) {
    BusyTime busy;
    const BusyTime::TimePoint start{1000s};
    EXPECT_EQ(busy.total(start), 0s);
    busy.begin(start);
    busy.begin(start + 2s);
    EXPECT_EQ(busy.active(), 2U);
    EXPECT_EQ(busy.total(start + 3s), 4s);
    busy.end(start + 3s);
    busy.end(start + 13s);
    EXPECT_EQ(busy.active(), 0U);
    EXPECT_EQ(busy.total(start + 1h), 14s);
}

TEST(BusyTime, does_not_shrink_when_time_jumps_back) {
    BusyTime busy;
    const BusyTime::TimePoint start{1000s};
    busy.begin(start);
    EXPECT_EQ(busy.total(start + 2s), 2s);
    EXPECT_EQ(busy.total(start + 1s), 2s);
    busy.end(start + 1s);
    EXPECT_EQ(busy.total(start + 9s), 2s);
}

}  // namespace
}  // namespace riptide
