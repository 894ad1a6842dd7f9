#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <ostream>
#include <random>
#include <set>
#include <tuple>
#include <vector>

#include "pool/breaker.h"
#include "tests/pool/breaker_model.h"

namespace riptide {
namespace {

using namespace std::chrono_literals;
using State = CircuitBreakerState;
using TimePoint = CircuitBreaker::TimePoint;

constexpr TimePoint kStart{1000s};

enum class Action : std::uint8_t {
    kAdmit,
    kAdmitCanary,
    kSucceed,
    kFail,
    kEndNeutrally,
    kRelease,
    kFailMany,
    kSucceedMany,
};

struct Step {
    Action action = Action::kAdmit;
    std::uint32_t which = 0;  ///< Of the calls so far, or how many.
    std::chrono::milliseconds after{0};
};

std::ostream& operator<<(std::ostream& out, const Step& step) {
    return out << "{" << static_cast<int>(step.action) << ", " << step.which << ", "
               << step.after.count() << " ms}";
}

rc::Gen<Step> any_step() {
    const auto action = rc::gen::weightedElement<Action>({{4, Action::kAdmit},
                                                          {3, Action::kAdmitCanary},
                                                          {5, Action::kSucceed},
                                                          {2, Action::kFail},
                                                          {2, Action::kEndNeutrally},
                                                          {1, Action::kRelease},
                                                          {2, Action::kFailMany},
                                                          {1, Action::kSucceedMany}});
    // A little back, nothing, a moment, around the timeout of probes, around the open times.
    const auto after = rc::gen::weightedOneOf<int>({{1, rc::gen::inRange(-2000, 0)},
                                                    {6, rc::gen::just(0)},
                                                    {3, rc::gen::inRange(0, 100)},
                                                    {2, rc::gen::inRange(4000, 6000)},
                                                    {3, rc::gen::inRange(11'000, 70'000)}});
    return rc::gen::map(rc::gen::tuple(action, rc::gen::inRange(0U, 40U), after),
                        [](const std::tuple<Action, std::uint32_t, int>& parts) {
                            return Step{std::get<0>(parts), std::get<1>(parts),
                                        std::chrono::milliseconds(std::get<2>(parts))};
                        });
}

rc::Gen<std::vector<Step>> any_history() {
    return rc::gen::scale(4.0, rc::gen::container<std::vector<Step>>(any_step()));
}

/// The machine and the model, driven alike; after each step they must look alike.
class Pair {
public:
    explicit Pair(std::uint64_t seed)
        : random_(seed),
          machine_(
              {}, [this] { return random_(); }, kStart),
          model_(kStart, [this](std::chrono::nanoseconds time) { return read_open_time(time); }) {}

    void take(const Step& step) {
        now_ += step.after;
        switch (step.action) {
            case Action::kAdmit:
                admit();
                break;
            case Action::kAdmitCanary:
                admit_canary();
                break;
            case Action::kSucceed:
                report(step.which, CallOutcome::kSuccess);
                break;
            case Action::kFail:
                report(step.which, CallOutcome::kEngineFailure);
                break;
            case Action::kEndNeutrally:
                report(step.which, CallOutcome::kNeutral);
                break;
            case Action::kRelease:
                release(step.which);
                break;
            case Action::kFailMany:
                call_many(step.which, CallOutcome::kEngineFailure);
                break;
            case Action::kSucceedMany:
                call_many(step.which, CallOutcome::kSuccess);
                break;
        }
        compare();
    }

    State state() const { return machine_.state(); }
    std::uint64_t transitions() const { return machine_.generation() - 1; }

private:
    struct Call {
        CircuitBreaker::Ticket ticket;
        std::size_t in_model;
    };

    /// Takes the machine's word for the jitter, within its bounds. The machine goes first.
    std::chrono::nanoseconds read_open_time(std::chrono::nanoseconds before_jitter) {
        const CircuitBreakerStatus status = machine_.status(now_);
        const auto time = status.time_in_state + status.open_time_left;
        RC_ASSERT(time <= before_jitter);
        RC_ASSERT(time >= before_jitter * 4 / 5);
        return time;
    }

    bool admit() {
        const auto ticket = machine_.admit(now_);
        return keep(ticket, model_.admit(now_));
    }
    void admit_canary() {
        const auto ticket = machine_.admit_canary(now_);
        keep(ticket, model_.admit_canary(now_));
    }
    bool keep(std::optional<CircuitBreaker::Ticket> ticket, std::optional<std::size_t> in_model) {
        RC_ASSERT(ticket.has_value() == in_model.has_value());
        if (ticket) calls_.push_back({*ticket, *in_model});
        return ticket.has_value();
    }

    /// Counts from the latest call, so that most reports are of this generation. Some come twice.
    const Call* find(std::uint32_t which) const {
        return which < calls_.size() ? &calls_[calls_.size() - 1 - which] : nullptr;
    }
    void report(std::uint32_t which, CallOutcome outcome) {
        const Call* call = find(which % 6);
        // An ordinary call ends once; that a probe can end once only is the machine's business.
        if (call == nullptr || (call->ticket.probe == 0 && !ended_.insert(call->in_model).second)) {
            return;
        }
        machine_.report(call->ticket, outcome, now_, "a fault");
        model_.report(call->in_model, outcome, now_);
    }
    void release(std::uint32_t which) {
        const Call* call = find(which % 6);
        if (call == nullptr || !ended_.insert(call->in_model).second) return;
        machine_.release(call->ticket);
        model_.release(call->in_model);
    }
    void call_many(std::uint32_t times, CallOutcome outcome) {
        for (std::uint32_t i = 0; i < times; ++i) {
            if (admit()) report(0, outcome);
        }
    }

    void compare() const {
        const CircuitBreakerStatus status = machine_.status(now_);
        RC_ASSERT(status.state == model_.state());
        RC_ASSERT(status.time_in_state == model_.time_in_state(now_));
        const auto window = model_.window_at(now_);
        RC_ASSERT(status.window_calls == window.calls);
        RC_ASSERT(status.window_failures == window.failures);
        RC_ASSERT(status.probes_in_flight == model_.in_flight());
        RC_ASSERT(status.probes_succeeded == model_.succeeded());
        RC_ASSERT(status.probes_in_flight + status.probes_succeeded <= 3U);
        RC_ASSERT(status.trips == model_.trips);
        RC_ASSERT(status.reopenings == model_.reopenings);
        RC_ASSERT(status.recoveries == model_.recoveries);
        RC_ASSERT(machine_.next_event(now_) == expected_event());
        if (!status.history.empty()) RC_ASSERT(status.history.back().to == status.state);
    }
    std::optional<TimePoint> expected_event() const {
        switch (model_.state()) {
            case State::kClosed:
                break;
            case State::kOpen:
                return model_.open_until();
            case State::kHalfOpen:
                return model_.probe_is_to_be_had() ? now_ : model_.first_timeout();
        }
        return std::nullopt;
    }

    TimePoint now_ = kStart;
    std::mt19937_64 random_;
    CircuitBreaker machine_;
    BreakerModel<std::function<std::chrono::nanoseconds(std::chrono::nanoseconds)>> model_;
    std::vector<Call> calls_;
    std::set<std::size_t> ended_;
};

RC_GTEST_PROP(BreakerProperty, does_what_the_model_does, ()) {
    Pair pair(*rc::gen::arbitrary<std::uint64_t>());
    for (const Step& step : *any_history()) pair.take(step);
    RC_CLASSIFY(pair.transitions() == 0, "no transition");
    RC_CLASSIFY(pair.transitions() >= 5, "five transitions or more");
    RC_TAG(static_cast<int>(pair.state()));
}

/// Whatever has happened, and however many hostile pages hold on to the probes: once canaries pass,
/// a timer that follows `next_event` sees the breaker closed within 60 s.
RC_GTEST_PROP(BreakerProperty, recovers_within_60_s_of_the_end_of_a_fault, ()) {
    std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
    CircuitBreaker machine({}, [&random] { return random(); }, kStart);
    TimePoint now = kStart;
    std::vector<CircuitBreaker::Ticket> tickets;
    for (const Step& step : *any_history()) {
        if (step.after > 0ms) now += step.after;
        if (step.action == Action::kFailMany) {
            for (int i = 0; i < 20; ++i) {
                if (const auto ticket = machine.admit(now)) {
                    machine.report(*ticket, CallOutcome::kEngineFailure, now);
                }
            }
        } else if (const auto ticket = step.action == Action::kAdmitCanary
                                           ? machine.admit_canary(now)
                                           : machine.admit(now)) {
            tickets.push_back(*ticket);
        } else if (step.action == Action::kFail && !tickets.empty()) {
            machine.report(tickets.back(), CallOutcome::kEngineFailure, now);
        }
    }
    const TimePoint healed = now;
    while (const auto event = machine.next_event(now)) {
        now = std::max(now + 1ms, *event);
        RC_ASSERT(now - healed <= 60s);
        for (int hostile = 0; hostile < 10; ++hostile) machine.admit(now);
        while (const auto canary = machine.admit_canary(now)) {
            now += 5ms;
            RC_ASSERT(now - healed <= 60s);
            machine.report(*canary, CallOutcome::kSuccess, now);
        }
    }
    RC_ASSERT(machine.state() == State::kClosed);
    RC_CLASSIFY(now - healed > 45s, "more than 45 s");
    RC_CLASSIFY(now - healed > 5s, "more than 5 s");
}

}  // namespace
}  // namespace riptide
