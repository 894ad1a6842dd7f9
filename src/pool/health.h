/// From samples of a pool to its health: levels, hysteresis, windows, trend and forecast.
#pragma once

#include <riptide/health.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

namespace riptide {

/// By the share of calls that succeeded: healthy above 90 %, degraded above 75 %, unhealthy above
/// 50 %, else critical.
HealthLevel success_level(double rate);
/// By the share of instances at work: healthy below 75 %, degraded below 85 %, unhealthy below
/// 95 %, else critical.
HealthLevel utilization_level(double utilization);
/// By committed over allowed memory: low below 70 %, medium below 85 %, high below 95 %, else
/// critical.
MemoryPressure memory_pressure(double ratio);
/// The worst of the three; low, medium, high and critical pressure stand for the four levels.
HealthLevel worst(HealthLevel success, HealthLevel utilization, MemoryPressure pressure);

/// What a pool measures of itself at one time.
struct PoolSample {
    std::chrono::steady_clock::time_point at;
    // Calls since the start; never less than in the sample before. What was shed, what expired
    // while it waited and what was cancelled is in none of them.
    std::uint64_t successful = 0;  ///< Ended with a document or with an error of the page's own.
    std::uint64_t failed = 0;      ///< Ended with any other error.
    std::uint64_t fallbacks = 0;   ///< Of both: those that the native fallback answered.
    /// Time of all instances taken by calls, since the start (`BusyTime`).
    std::chrono::nanoseconds busy{0};
    // Now.
    std::uint32_t max_instances = 0;
    std::uint32_t active_instances = 0;
    std::uint32_t available_instances = 0;
    MemoryStatistics memory;
    CircuitBreakerState breaker = CircuitBreakerState::kClosed;
    CanaryResult canary = CanaryResult::kNotRun;
};

/// Keeps the recent samples of one pool and judges it by them. Neither clock nor thread: its
/// owner's timer records, every 30 s say, and whoever wants to know in between peeks.
/// Not thread-safe.
class HealthMonitor {
public:
    static constexpr std::chrono::minutes kWindow{5};
    static constexpr std::chrono::minutes kForecastHorizon{5};
    /// How many checks in a row must be better before the level gets one better.
    static constexpr std::uint32_t kChecksToImprove = 2;
    /// A change by less over the window is no trend, however steady it is.
    static constexpr double kTrendThreshold = 0.05;
    /// Bounds the memory; reached only when samples are recorded every half second or faster.
    static constexpr std::size_t kMaxSamples = 600;

    /// `start`: of the pool when it starts, so that the first check has something to compare with.
    explicit HealthMonitor(const PoolSample& start);

    /// A check: joins the history and moves the level. No sample, here or in `peek`, is older than
    /// one recorded before.
    PoolHealthStatus record(const PoolSample& sample);
    /// The same judgement without leaving a trace, so that looking often does not shorten the
    /// hysteresis: the level is the recorded one, or a worse one that holds now.
    [[nodiscard]] PoolHealthStatus peek(const PoolSample& sample) const;

private:
    struct Check {
        PoolSample sample;
        double utilization;
        double memory_ratio;
        std::optional<double> success_rate;  ///< Since the check before; nothing without calls.
    };

    [[nodiscard]] Check check(const PoolSample& sample) const;
    [[nodiscard]] const PoolSample& window_start(const PoolSample& sample) const;
    [[nodiscard]] PoolHealthStatus judge(const Check& check) const;
    void predict(const Check& check, PoolHealthStatus& status) const;

    std::deque<Check> history_;  ///< Never empty.
    HealthLevel level_ = HealthLevel::kHealthy;
    std::uint32_t better_checks_ = 0;
};

}  // namespace riptide
