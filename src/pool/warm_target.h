/// How many slots are kept ready, as a pure state machine.
#pragma once

#include <riptide/deadline.h>

#include <algorithm>
#include <cstdint>

namespace riptide {

/// Grows by one with every request that found no slot ready, and gives back half of what lay unused
/// over a whole period. Not thread-safe.
class WarmTarget {
public:
    using TimePoint = Deadline::Clock::time_point;
    static constexpr std::chrono::seconds kPeriod{10};

    /// `floor` to begin with and at least, `ceiling` at most.
    WarmTarget(std::uint32_t floor, std::uint32_t ceiling, TimePoint now)
        : floor_(floor),
          ceiling_(ceiling),
          target_(floor),
          unused_(floor),
          period_end_(now + kPeriod) {}

    /// A request took a slot, and left `ready` of them.
    void on_taken(std::uint32_t ready) { unused_ = std::min(unused_, ready); }
    /// A request found none.
    void on_missed() {
        unused_ = 0;
        target_ = std::min(ceiling_, target_ + 1);
    }
    void on_time(TimePoint now) {
        if (now < period_end_) return;
        target_ = std::max(floor_, target_ - std::min(target_, (unused_ + 1) / 2));
        unused_ = target_;
        period_end_ = now + kPeriod;
    }

    [[nodiscard]] std::uint32_t target() const { return target_; }
    [[nodiscard]] TimePoint period_end() const { return period_end_; }

private:
    std::uint32_t floor_;
    std::uint32_t ceiling_;
    std::uint32_t target_;
    std::uint32_t unused_;  ///< Fewest slots that were left ready in this period.
    TimePoint period_end_;
};

}  // namespace riptide
