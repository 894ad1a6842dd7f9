/// What the circuit breaker ought to do, written from its description and not from its code: the
/// model keeps the record of all calls, and works everything out from that when it is asked.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "pool/breaker.h"

namespace riptide {

/// With a threshold of 50 % and an open time of 15 s. How much jitter takes off an open time is not
/// the model's to know: it asks `open_time`, which gets the time before jitter.
template <typename OpenTime>
class BreakerModel {
public:
    using TimePoint = CircuitBreaker::TimePoint;
    using State = CircuitBreakerState;
    using Call = std::size_t;  ///< Which of all calls.

    BreakerModel(TimePoint start, OpenTime open_time)
        : open_time_(open_time), now_(start), since_(start), open_until_(start) {}

    std::optional<Call> admit(TimePoint now) {
        pass_to(now);
        if (state_ == State::kClosed) return begin(By::kRequest, Kind::kFresh);
        if (state_ == State::kHalfOpen && unused() > 0) return begin(By::kRequest, Kind::kFresh);
        return std::nullopt;
    }

    std::optional<Call> admit_canary(TimePoint now) {
        pass_to(now);
        if (state_ != State::kHalfOpen) return std::nullopt;
        if (freed() > 0) return begin(By::kCanary, Kind::kReplacement);
        if (unused() > 0) return begin(By::kCanary, Kind::kFresh);
        return std::nullopt;
    }

    void report(Call index, CallOutcome outcome, TimePoint now) {
        pass_to(now);
        Record& call = calls_[index];
        if (call.period != period_ || call.end != End::kNone) return;
        call.ended = now_;
        if (outcome == CallOutcome::kNeutral) {
            call.end = End::kNoVerdict;
            return;
        }
        call.end = outcome == CallOutcome::kSuccess ? End::kSuccess : End::kFailure;
        verdicts_.push_back(index);
        if (state_ == State::kClosed) {
            const Window window = window_at(now_);
            if (window.calls >= 20 && 2 * window.failures > window.calls) {
                ++trips;
                open_for_the(1);
            }
        } else if (call.end == End::kFailure) {
            open_again();
        } else if (succeeded() == 3) {
            ++recoveries;
            enter(State::kClosed);
        }
    }

    void release(Call index) {
        Record& call = calls_[index];
        if (call.period == period_ && call.end == End::kNone) call.end = End::kNoVerdict;
    }

    struct Window {
        std::size_t calls = 0;
        std::size_t failures = 0;
    };
    Window window_at(TimePoint time) const {
        Window window;
        if (state_ != State::kClosed) return window;
        std::size_t looked_at = 0;
        for (auto index = verdicts_.rbegin(); index != verdicts_.rend(); ++index) {
            const Record& call = calls_[*index];
            if (call.period != period_ || ++looked_at > 100) break;
            if (std::max(time, now_) - call.ended > std::chrono::seconds(60)) break;
            ++window.calls;
            if (call.end == End::kFailure) ++window.failures;
        }
        return window;
    }

    State state() const { return state_; }
    std::chrono::nanoseconds time_in_state(TimePoint time) const {
        return std::max(time, now_) - since_;
    }
    TimePoint open_until() const { return open_until_; }
    std::size_t in_flight() const { return probes(End::kNone); }
    std::size_t succeeded() const { return probes(End::kSuccess); }
    bool probe_is_to_be_had() const { return unused() > 0 || freed() > 0; }
    TimePoint first_timeout() const {
        TimePoint first = TimePoint::max();
        for (const Record& call : calls_) {
            if (runs(call)) first = std::min(first, call.started + kTimeout);
        }
        return first;
    }

    std::uint64_t trips = 0;
    std::uint64_t reopenings = 0;
    std::uint64_t recoveries = 0;

private:
    static constexpr std::chrono::seconds kTimeout{5};

    enum class By : std::uint8_t { kRequest, kCanary };
    enum class Kind : std::uint8_t { kFresh, kReplacement };
    enum class End : std::uint8_t { kNone, kSuccess, kFailure, kNoVerdict };
    struct Record {
        std::size_t period;  ///< One more after every transition.
        By by;
        Kind kind;
        TimePoint started;
        End end = End::kNone;
        TimePoint ended{};
    };

    void pass_to(TimePoint now) {
        now_ = std::max(now_, now);
        if (state_ == State::kOpen && now_ >= open_until_) enter(State::kHalfOpen);
        if (state_ != State::kHalfOpen) return;
        for (const Record& call : calls_) {
            if (hangs(call) && call.by == By::kCanary) {
                open_again();
                return;
            }
        }
        for (Record& call : calls_) {
            if (hangs(call)) call.end = End::kNoVerdict;
        }
    }

    Call begin(By by, Kind kind) {
        calls_.push_back({period_, by, kind, now_});
        return calls_.size() - 1;
    }

    void enter(State state) {
        state_ = state;
        since_ = now_;
        ++period_;
    }

    void open_again() {
        ++reopenings;
        open_for_the(openings_ + 1);
    }

    /// Opens for the n-th time since it was closed.
    void open_for_the(int opening) {
        openings_ = opening;
        std::chrono::nanoseconds time = std::chrono::seconds(15);
        for (int i = 1; i < opening && time < std::chrono::seconds(45); ++i) time *= 2;
        time = std::min<std::chrono::nanoseconds>(time, std::chrono::seconds(45));
        enter(State::kOpen);
        open_until_ = now_ + (opening == 1 ? time : open_time_(time));
    }

    bool runs(const Record& call) const { return call.period == period_ && call.end == End::kNone; }
    bool hangs(const Record& call) const { return runs(call) && now_ >= call.started + kTimeout; }

    /// Of this half-open time.
    std::size_t probes(End end) const {
        if (state_ != State::kHalfOpen) return 0;
        return static_cast<std::size_t>(std::ranges::count_if(
            calls_, [&](const Record& call) { return call.period == period_ && call.end == end; }));
    }
    std::size_t probes(Kind kind) const {
        return static_cast<std::size_t>(std::ranges::count_if(calls_, [&](const Record& call) {
            return call.period == period_ && call.kind == kind;
        }));
    }
    std::size_t unused() const { return 3 - probes(Kind::kFresh); }
    std::size_t freed() const { return probes(End::kNoVerdict) - probes(Kind::kReplacement); }

    OpenTime open_time_;
    std::vector<Record> calls_;
    std::vector<Call> verdicts_;  ///< In the order in which they came.
    TimePoint now_;
    State state_ = State::kClosed;
    TimePoint since_;
    TimePoint open_until_;
    std::size_t period_ = 0;
    int openings_ = 0;  ///< Since it was closed.
};

}  // namespace riptide
