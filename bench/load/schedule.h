/// When requests are due.
#pragma once

#include <chrono>
#include <cstdint>

namespace riptide::load {

using Clock = std::chrono::steady_clock;

/// Requests at a constant rate from a start on, whatever becomes of them.
class Schedule {
public:
    /// `rate` is in requests per second, more than 0.
    Schedule(Clock::time_point start, double rate) : start_(start), rate_(rate) {}

    /// When the next request that was not taken is due.
    [[nodiscard]] Clock::time_point next() const { return due(taken_); }
    /// Takes it.
    Clock::time_point take() { return due(taken_++); }
    /// How many are due by `now` and were not taken.
    [[nodiscard]] std::uint64_t behind(Clock::time_point now) const {
        if (now < next()) return 0;
        const std::chrono::duration<double> elapsed = now - start_;
        const auto all = static_cast<std::uint64_t>(elapsed.count() * rate_) + 1;
        return all > taken_ ? all - taken_ : 0;
    }

private:
    [[nodiscard]] Clock::time_point due(std::uint64_t which) const {
        const std::chrono::duration<double> offset(static_cast<double>(which) / rate_);
        return start_ + std::chrono::duration_cast<Clock::duration>(offset);
    }

    Clock::time_point start_;
    double rate_;
    std::uint64_t taken_ = 0;
};

}  // namespace riptide::load
