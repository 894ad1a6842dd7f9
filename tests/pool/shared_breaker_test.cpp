#include "pool/shared_breaker.h"

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <chrono>
#include <cstdint>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace riptide {
namespace {

using namespace std::chrono_literals;
using State = CircuitBreakerState;
using Permit = SharedCircuitBreaker::Permit;

constexpr SharedCircuitBreaker::TimePoint kStart{1000s};

class SharedBreaker : public testing::Test {
protected:
    State state() const { return breaker.status(now).state; }
    void fail(int times = 1) {
        for (int i = 0; i < times; ++i) {
            auto permit = breaker.admit(now);
            ASSERT_TRUE(permit.has_value());
            permit->report(CallOutcome::kEngineFailure, now, "host: broken");
        }
    }
    void trip() {
        fail(20);
        ASSERT_EQ(state(), State::kOpen);
    }

    SharedCircuitBreaker::TimePoint now = kStart;
    SharedCircuitBreaker breaker{{}, [] { return std::uint64_t{0}; }, kStart};
};

TEST_F(SharedBreaker, goes_through_all_states_and_back) {
    ASSERT_FALSE(breaker.admit_canary(now).has_value());
    trip();
    EXPECT_FALSE(breaker.admit(now).has_value());
    now = breaker.next_event(now).value();
    for (int i = 0; i < 3; ++i) {
        auto permit = i == 0 ? breaker.admit(now) : breaker.admit_canary(now);
        ASSERT_TRUE(permit.has_value());
        EXPECT_TRUE(permit->is_probe());
        permit->report(CallOutcome::kSuccess, now);
    }
    EXPECT_EQ(state(), State::kClosed);
    const auto permit = breaker.admit(now);
    ASSERT_TRUE(permit.has_value());
    EXPECT_FALSE(permit->is_probe());
}

TEST_F(SharedBreaker, takes_a_permit_that_is_destroyed_for_neutral) {
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(breaker.admit(now).has_value());
    EXPECT_EQ(breaker.status(now).window_calls, 0U);
    trip();
    now += 15s;
    {
        const auto dropped = breaker.admit(now);
    }
    EXPECT_EQ(breaker.status(now).probes_in_flight, 0U);
    const auto second = breaker.admit(now);
    const auto third = breaker.admit(now);
    EXPECT_TRUE(second && third);
    EXPECT_FALSE(breaker.admit(now).has_value());
    EXPECT_TRUE(breaker.admit_canary(now).has_value());
}

TEST_F(SharedBreaker, counts_one_report_of_a_permit_wherever_it_was_moved) {
    auto permit = breaker.admit(now);
    Permit moved = std::move(*permit);
    permit->report(CallOutcome::kEngineFailure, now);
    EXPECT_EQ(breaker.status(now).window_calls, 0U);
    moved.report(CallOutcome::kEngineFailure, now);
    moved.report(CallOutcome::kEngineFailure, now);
    EXPECT_EQ(breaker.status(now).window_calls, 1U);
}

TEST_F(SharedBreaker, keeps_a_probe_in_flight_while_its_permit_is_moved) {
    trip();
    now += 15s;
    std::optional<Permit> probe = breaker.admit(now);
    const Permit moved = std::move(*probe);
    probe.reset();
    EXPECT_EQ(breaker.status(now).probes_in_flight, 1U);
}

TEST_F(SharedBreaker, ignores_a_permit_of_an_earlier_generation) {
    auto early = breaker.admit(now);
    trip();
    now += 15s;
    for (int i = 0; i < 3; ++i) breaker.admit_canary(now)->report(CallOutcome::kSuccess, now);
    early->report(CallOutcome::kEngineFailure, now);
    EXPECT_EQ(breaker.status(now).window_calls, 0U);
}

TEST_F(SharedBreaker, issues_three_probes_to_ten_thousand_waiters_on_many_threads) {
    constexpr int kThreads = 8;
    constexpr int kWaiters = 10'000;
    trip();
    now += 15s;
    std::atomic<int> probes{0};
    std::barrier together(kThreads);
    std::vector<std::vector<Permit>> kept(kThreads);
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < kThreads; ++thread) {
            threads.emplace_back([&, thread] {
                together.arrive_and_wait();
                for (int i = 0; i < kWaiters / kThreads; ++i) {
                    if (auto permit = breaker.admit(now)) {
                        ++probes;
                        kept[static_cast<std::size_t>(thread)].push_back(std::move(*permit));
                    }
                }
            });
        }
    }
    EXPECT_EQ(probes.load(), 3);
    for (std::vector<Permit>& permits : kept) {
        for (Permit& permit : permits) permit.report(CallOutcome::kSuccess, now);
    }
    EXPECT_EQ(state(), State::kClosed);
}

TEST_F(SharedBreaker, counts_every_result_of_many_threads_once) {
    constexpr int kThreads = 4;
    constexpr int kCalls = 20'000;
    std::atomic<int> refused{0};
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < kThreads; ++thread) {
            threads.emplace_back([&, thread] {
                for (int i = 0; i < kCalls; ++i) {
                    auto permit = breaker.admit(now);
                    if (!permit) {
                        ++refused;
                    } else if (i % 4 != thread) {
                        permit->report(CallOutcome::kSuccess, now);
                    }
                }
            });
        }
    }
    EXPECT_EQ(refused.load(), 0);
    EXPECT_EQ(breaker.status(now).window_calls, 100U);
    EXPECT_EQ(breaker.status(now).window_failures, 0U);
    // The window is whole: 50 failures of 100 do not trip it, one more does.
    fail(50);
    EXPECT_EQ(state(), State::kClosed);
    fail();
    EXPECT_EQ(state(), State::kOpen);
}

}  // namespace
}  // namespace riptide
