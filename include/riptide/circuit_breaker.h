/// What can be seen of the circuit breaker that stands before the sandbox.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace riptide {

enum class CircuitBreakerState : std::uint8_t {
    kClosed,    ///< Pages go to the sandbox, and outcomes are counted.
    kOpen,      ///< No guest runs; pages go to the fallback.
    kHalfOpen,  ///< A few probes find out whether the sandbox works again; the rest falls back.
};

/// One change of state.
struct CircuitBreakerTransition {
    std::chrono::steady_clock::time_point at;
    CircuitBreakerState from;
    CircuitBreakerState to;
    std::string cause;  ///< A sentence for a human, without a trailing period.
};

/// The breaker at one point in time. Plain data: any thread may read it.
struct CircuitBreakerStatus {
    CircuitBreakerState state = CircuitBreakerState::kClosed;
    std::chrono::nanoseconds time_in_state{0};
    std::chrono::nanoseconds open_time_left{0};  ///< Until the next probes; zero unless open.
    std::uint32_t window_calls = 0;              ///< Counted calls in the window; 0 unless closed.
    std::uint32_t window_failures = 0;           ///< Of those, faults of the engine.
    std::uint32_t probes_in_flight = 0;          ///< 0 unless half-open.
    std::uint32_t probes_succeeded = 0;          ///< 0 unless half-open.
    // Since the start.
    std::uint64_t trips = 0;                        ///< From closed to open.
    std::uint64_t reopenings = 0;                   ///< From half-open to open.
    std::uint64_t recoveries = 0;                   ///< From half-open to closed.
    std::vector<CircuitBreakerTransition> history;  ///< The last ones, oldest first.
};

/// "closed", "open", "half-open".
std::string_view to_string(CircuitBreakerState state) noexcept;

}  // namespace riptide
