#include "pool/breaker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace riptide {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using State = CircuitBreakerState;
using Ticket = CircuitBreaker::Ticket;

/// A breaker and its time, which tests move.
class Breaker : public testing::Test {
protected:
    static constexpr CircuitBreaker::TimePoint kStart{1000s};

    State state() const { return machine.state(); }
    CircuitBreakerStatus status() const { return machine.status(now); }
    void report(std::optional<Ticket> ticket, CallOutcome outcome) {
        ASSERT_TRUE(ticket.has_value());
        machine.report(*ticket, outcome, now, "host: broken");
    }
    void call(CallOutcome outcome, int times = 1) {
        for (int i = 0; i < times; ++i) report(machine.admit(now), outcome);
    }
    void trip() {
        call(CallOutcome::kEngineFailure, 20);
        ASSERT_EQ(state(), State::kOpen);
    }
    /// Goes to the end of the open time, and takes the first probe, for a request.
    Ticket half_open() {
        trip();
        now = machine.next_event(now).value();
        return machine.admit(now).value();
    }
    void fail_a_probe() {
        now = machine.next_event(now).value();
        report(machine.admit_canary(now), CallOutcome::kEngineFailure);
        ASSERT_EQ(state(), State::kOpen);
    }

    CircuitBreaker::TimePoint now = kStart;
    std::uint64_t bits = 0;
    CircuitBreaker machine{{}, [this] { return bits; }, kStart};
};

TEST_F(Breaker, starts_closed_and_admits) {
    EXPECT_EQ(state(), State::kClosed);
    EXPECT_TRUE(machine.admit(now).has_value());
    EXPECT_EQ(machine.next_event(now), std::nullopt);
    EXPECT_TRUE(status().history.empty());
}

TEST_F(Breaker, wants_no_canary_while_closed) {
    EXPECT_EQ(machine.admit_canary(now), std::nullopt);
}

TEST_F(Breaker, stays_closed_below_the_minimum_of_calls) {
    call(CallOutcome::kEngineFailure, 19);
    EXPECT_EQ(state(), State::kClosed);
    call(CallOutcome::kEngineFailure);
    EXPECT_EQ(state(), State::kOpen);
}

TEST_F(Breaker, stays_closed_at_the_threshold_and_trips_above_it) {
    call(CallOutcome::kSuccess, 50);
    call(CallOutcome::kEngineFailure, 50);
    EXPECT_EQ(state(), State::kClosed);
    EXPECT_EQ(status().window_failures, 50U);
    call(CallOutcome::kEngineFailure);
    EXPECT_EQ(state(), State::kOpen);
}

TEST_F(Breaker, trips_on_the_success_that_completes_the_minimum) {
    call(CallOutcome::kEngineFailure, 19);
    call(CallOutcome::kSuccess);
    EXPECT_EQ(state(), State::kOpen);
}

TEST_F(Breaker, is_not_kept_closed_by_successes_of_long_ago) {
    call(CallOutcome::kSuccess, 1000);
    call(CallOutcome::kEngineFailure, 50);
    EXPECT_EQ(state(), State::kClosed);
    call(CallOutcome::kEngineFailure);
    EXPECT_EQ(state(), State::kOpen);
}

TEST_F(Breaker, is_not_kept_closed_by_one_success_in_ten) {
    for (int i = 0; i < 10 && state() == State::kClosed; ++i) {
        call(CallOutcome::kSuccess);
        for (int j = 0; j < 9 && state() == State::kClosed; ++j) call(CallOutcome::kEngineFailure);
    }
    EXPECT_EQ(state(), State::kOpen);
}

TEST_F(Breaker, counts_what_is_60_s_old_and_forgets_what_is_older) {
    call(CallOutcome::kEngineFailure, 19);
    now += 60s;
    EXPECT_EQ(status().window_calls, 19U);
    now += 1ns;
    EXPECT_EQ(status().window_calls, 0U);
    call(CallOutcome::kEngineFailure);
    EXPECT_EQ(state(), State::kClosed);
    EXPECT_EQ(status().window_calls, 1U);
    EXPECT_EQ(status().window_failures, 1U);
}

TEST_F(Breaker, never_opens_for_neutral_outcomes) {
    for (int i = 0; i < 100'000; ++i) {
        call(CallOutcome::kNeutral);
        now += 1ms;
    }
    EXPECT_EQ(state(), State::kClosed);
    EXPECT_EQ(status().window_calls, 0U);
    // Nor do they dilute the failures of the engine.
    trip();
}

TEST_F(Breaker, never_trips_with_a_threshold_of_100_percent) {
    CircuitBreaker never({.failure_threshold = 100}, [] { return 0; }, kStart);
    for (int i = 0; i < 1000; ++i) {
        never.report(*never.admit(now), CallOutcome::kEngineFailure, now);
    }
    EXPECT_EQ(never.state(), State::kClosed);
}

TEST_F(Breaker, admits_nobody_while_open) {
    trip();
    now += 15s - 1ns;
    EXPECT_EQ(machine.admit(now), std::nullopt);
    EXPECT_EQ(machine.admit_canary(now), std::nullopt);
    EXPECT_EQ(status().open_time_left, 1ns);
    EXPECT_EQ(machine.next_event(now), now + 1ns);
    now += 1ns;
    EXPECT_TRUE(machine.admit(now).has_value());
    EXPECT_EQ(state(), State::kHalfOpen);
}

TEST_F(Breaker, issues_three_probes_to_ten_thousand_requests) {
    half_open();
    int probes = 1;
    for (int i = 0; i < 10'000; ++i) probes += machine.admit(now).has_value() ? 1 : 0;
    EXPECT_EQ(probes, 3);
    EXPECT_EQ(machine.admit_canary(now), std::nullopt);
    EXPECT_EQ(status().probes_in_flight, 3U);
}

TEST_F(Breaker, issues_a_succeeded_probe_to_nobody_again) {
    const Ticket first = half_open();
    report(first, CallOutcome::kSuccess);
    report(machine.admit(now), CallOutcome::kSuccess);
    const auto third = machine.admit(now);
    EXPECT_EQ(machine.admit(now), std::nullopt);
    EXPECT_EQ(machine.admit_canary(now), std::nullopt);
    EXPECT_EQ(status().probes_succeeded, 2U);
    report(third, CallOutcome::kSuccess);
    EXPECT_EQ(state(), State::kClosed);
    EXPECT_EQ(status().recoveries, 1U);
}

TEST_F(Breaker, opens_again_on_the_first_failed_probe) {
    const Ticket first = half_open();
    report(machine.admit(now), CallOutcome::kSuccess);
    report(first, CallOutcome::kEngineFailure);
    EXPECT_EQ(state(), State::kOpen);
    EXPECT_EQ(status().trips, 1U);
    EXPECT_EQ(status().reopenings, 1U);
    EXPECT_EQ(status().probes_succeeded, 0U);
}

TEST_F(Breaker, recovers_by_the_canary_alone) {
    trip();
    now = machine.next_event(now).value();
    for (int i = 0; i < 3; ++i) {
        EXPECT_LE(machine.next_event(now).value(), now);
        report(machine.admit_canary(now), CallOutcome::kSuccess);
    }
    EXPECT_EQ(state(), State::kClosed);
    EXPECT_EQ(machine.next_event(now), std::nullopt);
}

TEST_F(Breaker, gives_a_neutral_probe_to_the_canary_only) {
    const Ticket first = half_open();
    ASSERT_TRUE(machine.admit(now) && machine.admit(now));
    report(first, CallOutcome::kNeutral);
    EXPECT_EQ(machine.admit(now), std::nullopt);
    EXPECT_EQ(machine.next_event(now), now);
    EXPECT_TRUE(machine.admit_canary(now).has_value());
    EXPECT_EQ(machine.admit_canary(now), std::nullopt);
}

TEST_F(Breaker, gives_a_dropped_probe_to_the_canary_only) {
    const Ticket first = half_open();
    ASSERT_TRUE(machine.admit(now) && machine.admit(now));
    machine.release(first);
    machine.release(first);
    EXPECT_EQ(status().probes_in_flight, 2U);
    EXPECT_EQ(machine.admit(now), std::nullopt);
    EXPECT_TRUE(machine.admit_canary(now).has_value());
    EXPECT_EQ(machine.admit_canary(now), std::nullopt);
}

TEST_F(Breaker, leaves_fresh_probes_to_requests_while_a_freed_one_is_to_be_had) {
    machine.release(half_open());
    ASSERT_TRUE(machine.admit_canary(now).has_value());
    EXPECT_TRUE(machine.admit(now) && machine.admit(now));
    EXPECT_EQ(machine.admit(now), std::nullopt);
}

TEST_F(Breaker, revokes_the_hanging_probe_of_a_request_for_the_canary) {
    const Ticket hanging = half_open();
    ASSERT_TRUE(machine.admit(now) && machine.admit(now));
    EXPECT_EQ(machine.next_event(now), now + 5s);
    now += 5s - 1ns;
    EXPECT_EQ(machine.admit_canary(now), std::nullopt);
    now += 1ns;
    EXPECT_EQ(machine.admit(now), std::nullopt);
    for (int i = 0; i < 3; ++i) report(machine.admit_canary(now), CallOutcome::kSuccess);
    EXPECT_EQ(state(), State::kClosed);
    report(hanging, CallOutcome::kEngineFailure);
    EXPECT_EQ(status().window_calls, 0U);
}

TEST_F(Breaker, ignores_the_late_result_of_a_revoked_probe) {
    const Ticket hanging = half_open();
    now += 5s;
    report(hanging, CallOutcome::kEngineFailure);
    machine.release(hanging);
    EXPECT_EQ(state(), State::kHalfOpen);
    EXPECT_EQ(status().probes_in_flight, 0U);
    report(hanging, CallOutcome::kSuccess);
    EXPECT_EQ(status().probes_succeeded, 0U);
}

TEST_F(Breaker, takes_a_canary_that_hangs_for_a_failure) {
    half_open();
    ASSERT_TRUE(machine.admit_canary(now).has_value());
    now += 5s;
    EXPECT_EQ(machine.admit(now), std::nullopt);
    EXPECT_EQ(state(), State::kOpen);
    EXPECT_THAT(status().history.back().cause, HasSubstr("no answer within 5.0 s"));
}

TEST_F(Breaker, ignores_calls_that_started_before_the_last_transition) {
    const auto before_trip = machine.admit(now);
    const Ticket probe = half_open();
    report(before_trip, CallOutcome::kSuccess);
    EXPECT_EQ(status().probes_succeeded, 0U);
    report(before_trip, CallOutcome::kEngineFailure);
    EXPECT_EQ(state(), State::kHalfOpen);
    for (int i = 0; i < 2; ++i) report(machine.admit(now), CallOutcome::kSuccess);
    report(probe, CallOutcome::kSuccess);
    ASSERT_EQ(state(), State::kClosed);
    report(before_trip, CallOutcome::kEngineFailure);
    report(probe, CallOutcome::kEngineFailure);
    EXPECT_EQ(status().window_calls, 0U);
}

TEST_F(Breaker, ignores_a_probe_of_an_earlier_half_open_time) {
    const Ticket early = half_open();
    report(machine.admit(now), CallOutcome::kEngineFailure);
    now = machine.next_event(now).value();
    ASSERT_TRUE(machine.admit(now).has_value());
    report(early, CallOutcome::kSuccess);
    machine.release(early);
    EXPECT_EQ(status().probes_succeeded, 0U);
    EXPECT_EQ(status().probes_in_flight, 1U);
}

TEST_F(Breaker, lets_go_of_an_ordinary_call_without_a_trace) {
    machine.release(*machine.admit(now));
    EXPECT_EQ(status().window_calls, 0U);
    EXPECT_EQ(state(), State::kClosed);
}

TEST_F(Breaker, doubles_the_open_time_up_to_45_s) {
    trip();
    EXPECT_EQ(status().open_time_left, 15s);
    fail_a_probe();
    EXPECT_EQ(status().open_time_left, 30s);
    fail_a_probe();
    EXPECT_EQ(status().open_time_left, 45s);
    fail_a_probe();
    EXPECT_EQ(status().open_time_left, 45s);
}

TEST_F(Breaker, takes_up_to_a_fifth_off_at_random_when_it_opens_again) {
    bits = std::numeric_limits<std::uint64_t>::max();
    trip();
    EXPECT_EQ(status().open_time_left, 15s);
    fail_a_probe();
    EXPECT_GE(status().open_time_left, 24s);
    EXPECT_LT(status().open_time_left, 24s + 1ms);
    bits = std::uint64_t{1} << 63U;
    fail_a_probe();
    EXPECT_EQ(status().open_time_left, 40500ms);
}

TEST_F(Breaker, goes_back_to_the_configured_open_time_once_closed) {
    trip();
    fail_a_probe();
    fail_a_probe();
    now = machine.next_event(now).value();
    for (int i = 0; i < 3; ++i) report(machine.admit(now), CallOutcome::kSuccess);
    ASSERT_EQ(state(), State::kClosed);
    trip();
    EXPECT_EQ(status().open_time_left, 15s);
}

TEST_F(Breaker, is_open_for_45_s_at_most_whatever_is_configured) {
    CircuitBreaker slow({.open_time = 10min}, [] { return 0; }, kStart);
    for (int i = 0; i < 20; ++i) slow.report(*slow.admit(now), CallOutcome::kEngineFailure, now);
    EXPECT_EQ(slow.next_event(now), now + 45s);
}

TEST_F(Breaker, has_a_time_that_does_not_go_back) {
    trip();
    now += 15s;
    ASSERT_TRUE(machine.admit(now).has_value());
    EXPECT_TRUE(machine.admit(now - 10s).has_value());
    EXPECT_EQ(machine.next_event(now - 10s), now - 10s);
    EXPECT_EQ(machine.status(now - 10s).time_in_state, 0s);
    now += 5s;
    EXPECT_EQ(machine.admit(now - 1ns).has_value(), true);
    EXPECT_EQ(status().probes_in_flight, 3U);
}

TEST_F(Breaker, tells_the_time_in_its_state) {
    now += 7s;
    EXPECT_EQ(status().time_in_state, 7s);
    trip();
    now += 3s;
    EXPECT_EQ(status().time_in_state, 3s);
    now += 1h;
    EXPECT_EQ(status().open_time_left, 0s);
}

TEST_F(Breaker, tells_each_transition_and_its_cause) {
    call(CallOutcome::kSuccess, 5);
    call(CallOutcome::kEngineFailure, 15);
    now += 15s;
    for (int i = 0; i < 3; ++i) report(machine.admit(now), CallOutcome::kSuccess);
    const auto history = status().history;
    ASSERT_EQ(history.size(), 3U);
    EXPECT_EQ(history[0].at, kStart);
    EXPECT_EQ(history[0].from, State::kClosed);
    EXPECT_EQ(history[0].to, State::kOpen);
    EXPECT_EQ(history[0].cause,
              "15 of 20 calls failed, more than 50 %; the last failure: host: broken");
    EXPECT_EQ(history[1].at, kStart + 15s);
    EXPECT_EQ(history[1].to, State::kHalfOpen);
    EXPECT_EQ(history[1].cause, "was open for 15.0 s, now probes");
    EXPECT_EQ(history[2].from, State::kHalfOpen);
    EXPECT_EQ(history[2].to, State::kClosed);
    EXPECT_EQ(history[2].cause, "3 probes succeeded");
}

TEST_F(Breaker, tells_why_a_probe_failed) {
    half_open();
    report(machine.admit(now), CallOutcome::kEngineFailure);
    EXPECT_EQ(status().history.back().cause, "a probe failed: host: broken");
}

TEST_F(Breaker, keeps_the_last_32_transitions) {
    trip();
    for (int i = 0; i < 30; ++i) fail_a_probe();
    const auto history = status().history;
    ASSERT_EQ(history.size(), 32U);
    EXPECT_EQ(status().reopenings, 30U);
    // Of 61 in all, two for each failed probe.
    EXPECT_EQ(history.back().at, now);
    EXPECT_EQ(history.back().to, State::kOpen);
    EXPECT_EQ(history.front().to, State::kHalfOpen);
    for (std::size_t i = 1; i < history.size(); ++i) {
        EXPECT_EQ(history[i].from, history[i - 1].to);
        EXPECT_LE(history[i - 1].at, history[i].at);
    }
}

}  // namespace
}  // namespace riptide
