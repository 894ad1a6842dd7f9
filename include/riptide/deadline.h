/// A point in time by which work must be done, as a value.
#pragma once

#include <algorithm>
#include <chrono>

namespace riptide {

/// On the steady clock. Cheap to copy, pass by value.
class Deadline {
public:
    using Clock = std::chrono::steady_clock;
    using Duration = std::chrono::nanoseconds;

    static constexpr Deadline never() { return Deadline(Clock::time_point::max()); }
    static Deadline at(Clock::time_point time) { return Deadline(time); }
    /// `timeout` from now; a timeout too long to be told apart from forever is `never()`.
    static Deadline after(Duration timeout) {
        const auto now = Clock::now();
        return timeout >= Clock::time_point::max() - now ? never() : Deadline(now + timeout);
    }

    [[nodiscard]] constexpr bool is_never() const { return time_ == Clock::time_point::max(); }
    [[nodiscard]] constexpr bool passed(Clock::time_point now) const { return now >= time_; }
    /// What is left at `now`; zero when the deadline has passed.
    [[nodiscard]] constexpr Duration left(Clock::time_point now) const {
        return is_never() ? Duration::max() : std::max(Duration::zero(), Duration(time_ - now));
    }
    [[nodiscard]] constexpr Clock::time_point time() const { return time_; }
    constexpr auto operator<=>(const Deadline&) const = default;

private:
    explicit constexpr Deadline(Clock::time_point time) : time_(time) {}
    Clock::time_point time_;
};

}  // namespace riptide
