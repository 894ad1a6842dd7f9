/// The outcomes of the last calls, as the circuit breaker counts them.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace riptide {

/// A sliding window over calls, bounded both by number and by age. Memory is fixed, and every
/// operation takes constant time (amortised). Not thread-safe.
class OutcomeWindow {
public:
    using TimePoint = std::chrono::steady_clock::time_point;
    static constexpr std::size_t kCapacity = 100;
    /// An outcome as old as this is still in the window, an older one is not.
    static constexpr std::chrono::seconds kMaxAge{60};

    /// Adds the outcome of a call that ended at `now`, which is never earlier than the one before.
    void add_success(TimePoint now) { add(now, 0); }
    void add_failure(TimePoint now) { add(now, 1); }
    /// Drops what is too old at `now`.
    void expire(TimePoint now);
    void clear();

    [[nodiscard]] std::uint32_t calls() const { return static_cast<std::uint32_t>(size_); }
    [[nodiscard]] std::uint32_t failures() const { return failures_; }

private:
    struct Entry {
        TimePoint at;
        std::uint32_t failures;  ///< 0 or 1.
    };

    void add(TimePoint now, std::uint32_t failures);
    void drop_oldest();

    std::array<Entry, kCapacity> entries_{};
    std::size_t oldest_ = 0;
    std::size_t size_ = 0;
    std::uint32_t failures_ = 0;
};

}  // namespace riptide
