/// The circuit breaker, shared by the threads of a pool.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string_view>

#include "pool/breaker.h"
#include "sys/mutex.h"

namespace riptide {

/// `CircuitBreaker` behind a mutex. While closed, `admit` is one load of a word that changes only
/// with the state, and each result takes the mutex for some tens of nanoseconds. Thread-safe.
class SharedCircuitBreaker {
public:
    using TimePoint = CircuitBreaker::TimePoint;

    /// Leave for one call. One that is destroyed without a report counts as neutral, and a probe
    /// is free for the canary. Used by one thread at a time; must not outlive the breaker.
    class Permit {
    public:
        Permit(Permit&& other) noexcept;
        Permit& operator=(Permit&&) = delete;
        ~Permit();

        /// Reports how the call ended, as `CircuitBreaker::report`. Later reports do nothing.
        void report(CallOutcome outcome, TimePoint now, std::string_view cause = {});
        [[nodiscard]] bool is_probe() const { return ticket_.probe != 0; }

    private:
        friend class SharedCircuitBreaker;
        Permit(SharedCircuitBreaker& breaker, CircuitBreaker::Ticket ticket)
            : breaker_(&breaker), ticket_(ticket) {}

        SharedCircuitBreaker* breaker_;  ///< Null once reported or moved from.
        CircuitBreaker::Ticket ticket_;
    };

    /// `random_bits` is called with the mutex held.
    SharedCircuitBreaker(CircuitBreakerSettings settings, CircuitBreaker::RandomBits random_bits,
                         TimePoint now);

    /// These four as in `CircuitBreaker`.
    std::optional<Permit> admit(TimePoint now);
    std::optional<Permit> admit_canary(TimePoint now);
    [[nodiscard]] std::optional<TimePoint> next_event(TimePoint now) const;
    [[nodiscard]] CircuitBreakerStatus status(TimePoint now) const;

private:
    std::optional<Permit> permit_locked(std::optional<CircuitBreaker::Ticket> ticket)
        RIPTIDE_REQUIRES(mutex_);
    void publish_locked() RIPTIDE_REQUIRES(mutex_);

    static constexpr std::size_t kCacheLine = 64;
    /// The generation while closed, else 0. On a line of its own: reports do not disturb it.
    alignas(kCacheLine) std::atomic<std::uint64_t> closed_generation_;
    alignas(kCacheLine) mutable sys::Mutex mutex_;
    CircuitBreaker machine_ RIPTIDE_GUARDED_BY(mutex_);
};

}  // namespace riptide
