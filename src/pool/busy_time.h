/// How long instances have been taken.
#pragma once

#include <chrono>
#include <cstdint>

namespace riptide {

/// Adds up the time of all calls, those that still run included: two calls that overlap for a
/// second are two seconds. Two totals, over the instances and the time between, are a mean
/// utilisation. Time may jump back a little, as with threads; the total never does.
/// Not thread-safe: its owner's mutex guards it.
class BusyTime {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// A call begins.
    void begin(TimePoint now) {
        advance(now);
        ++active_;
    }
    /// A call that has begun ends.
    void end(TimePoint now) {
        advance(now);
        --active_;
    }
    [[nodiscard]] std::chrono::nanoseconds total(TimePoint now) {
        advance(now);
        return total_;
    }
    [[nodiscard]] std::uint32_t active() const { return active_; }

private:
    void advance(TimePoint now) {
        if (now <= last_) return;
        total_ += active_ * std::chrono::nanoseconds(now - last_);
        last_ = now;
    }

    std::chrono::nanoseconds total_{0};
    TimePoint last_;
    std::uint32_t active_ = 0;
};

}  // namespace riptide
