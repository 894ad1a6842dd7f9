/// The circuit breaker: decides whether a page may go to the sandbox. The pattern is that of
/// M. Nygard, "Release It!"; what is added is said at `CircuitBreaker`.
#pragma once

#include <riptide/circuit_breaker.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "pool/outcome_window.h"

namespace riptide {

struct CircuitBreakerSettings {
    /// The breaker trips when more than this many percent of the calls fail: 100 means never.
    std::uint32_t failure_threshold = 50;
    /// How long it is open after a trip, above zero; capped at `CircuitBreaker::kMaxOpenTime`.
    std::chrono::milliseconds open_time = std::chrono::seconds(15);
};

/// What a call tells about the engine.
enum class CallOutcome : std::uint8_t {
    kSuccess,        ///< The guest made a document.
    kEngineFailure,  ///< The engine is at fault, directly or because the canary failed as well.
    kNeutral,        ///< Nothing: a typed error, a page at fault, or a call that never ran.
};

/// A state machine without a clock, a thread or a lock: time comes in as `now`, on the steady
/// clock, and may jump back a little (of two threads, the one with the earlier `now` may come
/// second): the breaker's own time never does. Not thread-safe; `SharedCircuitBreaker` is.
///
/// - *Closed*: trips when a counted outcome leaves at least `kMinimumCalls` in the window, more
///   than the threshold of them failures.
/// - *Open*: nothing is admitted. The first open time is the configured one; each reopening doubles
///   it, up to `kMaxOpenTime`, and takes off up to `kJitter` of it at random, so that workers do
///   not probe in step. Closing goes back to the configured one.
/// - *Half-open*: `kProbes` probes, however many ask. So many successes close it, one failure opens
///   it again. Requests get only probes that nobody had before. One that ends without a verdict
///   goes to the canary, so hostile pages cannot use up all the chances to recover.
/// - A probe without a result after `kProbeTimeout` is revoked. The canary's is a failure, since
///   the canary needs milliseconds; a request's is neutral, since its page may be slow.
///
/// A change of state begins a new generation. Results of tickets of an older one are ignored.
class CircuitBreaker {
public:
    using TimePoint = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::nanoseconds;
    /// 64 random bits at each call.
    using RandomBits = std::function<std::uint64_t()>;

    static constexpr std::uint32_t kMinimumCalls = 20;
    static constexpr std::uint32_t kProbes = 3;
    static constexpr std::chrono::seconds kMaxOpenTime{45};
    static constexpr double kJitter = 0.2;
    static constexpr std::chrono::seconds kProbeTimeout{5};
    static constexpr std::size_t kHistory = 32;

    /// Leave for one call. Each ticket is given back once, by `report` or `release`.
    struct Ticket {
        std::uint64_t generation;
        std::uint64_t probe;  ///< 0: an ordinary call.
    };

    /// Closed at `now`.
    CircuitBreaker(CircuitBreakerSettings settings, RandomBits random_bits, TimePoint now);

    /// Leave for a request to call the guest; nothing when it must fall back.
    std::optional<Ticket> admit(TimePoint now);
    /// Leave for the canary to probe; nothing when no probe is wanted now, as while closed. Its
    /// time runs from here, so the canary must be able to start at once, and not queue with
    /// requests.
    std::optional<Ticket> admit_canary(TimePoint now);
    /// The call has ended. `cause` tells a failure's cause in the history: a sentence as in
    /// `Error`.
    void report(Ticket ticket, CallOutcome outcome, TimePoint now, std::string_view cause = {});
    /// The call has ended without a result: a neutral one, for callers that do not know the time.
    void release(Ticket ticket);

    /// When to call `admit_canary` next: the end of the open time, `now` while a probe is to be
    /// had, or the timeout of a probe in flight. Nothing while closed. It may come nearer with
    /// every other call, so a timer that only sleeps until then must also look once a second.
    [[nodiscard]] std::optional<TimePoint> next_event(TimePoint now) const;
    [[nodiscard]] CircuitBreakerStatus status(TimePoint now) const;
    [[nodiscard]] CircuitBreakerState state() const { return state_; }
    [[nodiscard]] std::uint64_t generation() const { return generation_; }

private:
    enum class Prober : std::uint8_t { kRequest, kCanary };
    struct Probe {
        std::uint64_t id = 0;  ///< 0: not in flight.
        Prober prober = Prober::kRequest;
        TimePoint expires;
    };

    void advance(TimePoint now);
    void revoke_expired_probes();
    Ticket issue_probe(Prober prober);
    void record(CallOutcome outcome, std::string_view cause);
    void finish_probe(Probe& probe, CallOutcome outcome, std::string_view cause);
    void free_probe(Probe& probe);
    Probe* find_probe(std::uint64_t id);
    void trip();
    void reopen(std::string cause);
    void enter(CircuitBreakerState state, std::string cause);
    [[nodiscard]] Duration jittered(Duration duration) const;
    [[nodiscard]] std::uint32_t probes_in_flight() const;

    CircuitBreakerSettings settings_;
    RandomBits random_bits_;
    TimePoint now_;  ///< The latest that was told.

    CircuitBreakerState state_ = CircuitBreakerState::kClosed;
    std::uint64_t generation_ = 1;
    TimePoint since_;

    // Of the closed state.
    OutcomeWindow window_;
    std::string last_failure_;  ///< Its cause.

    // Of the open state.
    Duration open_time_;  ///< Before jitter.
    TimePoint open_until_;

    // Of the half-open state; the four always add up to `kProbes`.
    std::array<Probe, kProbes> probes_{};  ///< In flight.
    std::uint32_t unused_probes_ = 0;      ///< For anybody.
    std::uint32_t freed_probes_ = 0;       ///< For the canary.
    std::uint32_t succeeded_probes_ = 0;
    std::uint64_t last_probe_id_ = 0;

    std::uint64_t trips_ = 0;
    std::uint64_t reopenings_ = 0;
    std::uint64_t recoveries_ = 0;
    std::deque<CircuitBreakerTransition> history_;
};

}  // namespace riptide
