/// Turns on the processors, as a pure state machine: every event says what time it is.
#pragma once

#include <riptide/deadline.h>

#include <algorithm>
#include <cstdint>
#include <deque>

namespace riptide {

/// Bounds how many calls run at once, but for those that run for long: who has had a turn for
/// `Limits::length` runs on without one. Not thread-safe.
class Turns {
public:
    using TimePoint = Deadline::Clock::time_point;

    struct Limits {
        std::uint32_t at_once;  ///< 1 or more.
        Deadline::Duration length;
    };

    explicit Turns(Limits limits) : limits_(limits) {}

    [[nodiscard]] bool is_free(TimePoint now) {
        while (!begun_.empty() && begun_.front() + limits_.length <= now) begun_.pop_front();
        return begun_.size() < limits_.at_once;
    }
    /// After `is_free(now)`.
    void begin(TimePoint now) { begun_.push_back(now); }
    /// Of a turn that began then and may be over.
    void end(TimePoint begun) {
        const auto found = std::ranges::find(begun_, begun);
        if (found != begun_.end()) begun_.erase(found);
    }
    /// When the first of those that run will have had its turn.
    [[nodiscard]] Deadline next_end() const {
        return begun_.empty() ? Deadline::never() : Deadline::at(begun_.front() + limits_.length);
    }

private:
    Limits limits_;
    std::deque<TimePoint> begun_;
};

}  // namespace riptide
