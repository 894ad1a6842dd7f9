/// Who may stop a call.
#pragma once

#include <riptide/deadline.h>

#include <algorithm>
#include <chrono>
#include <stop_token>

namespace riptide::sys {

/// Who may stop a call before its deadline; null where nobody is. What they point to outlives the
/// call.
struct StopTokens {
    const std::stop_token* caller = nullptr;
    const std::stop_token* pool = nullptr;

    [[nodiscard]] bool possible() const {
        return (caller != nullptr && caller->stop_possible()) ||
               (pool != nullptr && pool->stop_possible());
    }
    [[nodiscard]] bool requested() const {
        return (caller != nullptr && caller->stop_requested()) ||
               (pool != nullptr && pool->stop_requested());
    }
    /// Until when who waits until `deadline` may wait before it asks again.
    [[nodiscard]] Deadline next_look(Deadline deadline, Deadline::Clock::time_point now) const {
        return possible() ? std::min(deadline, Deadline::at(now + kStopCheck)) : deadline;
    }

    /// How often a call that can be stopped asks whether it was.
    static constexpr std::chrono::milliseconds kStopCheck{10};
};

}  // namespace riptide::sys
