/// How well an instance pool does.
#pragma once

#include <riptide/circuit_breaker.h>
#include <riptide/config.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace riptide {

/// From best to worst, so that the larger of two is the worse.
enum class HealthLevel : std::uint8_t { kHealthy, kDegraded, kUnhealthy, kCritical };

/// Of the recorded history: success rate, utilisation and memory pressure taken together.
enum class HealthTrend : std::uint8_t { kImproving, kStable, kDegrading };

/// Committed memory over allowed memory: below 70 %, 85 %, 95 %, or more.
enum class MemoryPressure : std::uint8_t { kLow, kMedium, kHigh, kCritical };

/// The last extraction of the canary page: a small page with a known document.
enum class CanaryResult : std::uint8_t { kNotRun, kPassed, kFailed };

/// Linear memory of the pool's instances.
struct MemoryStatistics {
    Bytes committed;                  ///< Of all instances together, now.
    Bytes allowed;                    ///< What they may have together.
    std::uint32_t peak_pages = 0;     ///< Most 64 KiB pages that one call ever had.
    std::uint64_t grow_failures = 0;  ///< Growths denied since the start.
};

/// Where a ratio goes when the recent past goes on: a straight line through the history. `low` and
/// `high` bound the 95 % prediction interval; it takes the deviations from the line for independent
/// and normal, which those of real load are not, so read it as a rough measure of confidence.
struct Forecast {
    std::chrono::nanoseconds horizon;  ///< How far ahead of the check.
    double expected;                   ///< All three from 0 to 1.
    double low;
    double high;
};

/// One check of a pool. Rates and ratios are from 0 to 1. Plain data: any thread may read it.
struct PoolHealthStatus {
    std::chrono::steady_clock::time_point checked_at;
    /// The worst of the three below (degraded at best without a sandbox, critical when the ticker
    /// is stuck), but better than before only one level at a time, each after two checks in a row
    /// that were better.
    HealthLevel level = HealthLevel::kHealthy;
    HealthLevel success_level = HealthLevel::kHealthy;
    HealthLevel utilization_level = HealthLevel::kHealthy;
    MemoryPressure memory_pressure = MemoryPressure::kLow;

    std::uint32_t max_instances = 0;
    std::uint32_t active_instances = 0;     ///< Taken by a call.
    std::uint32_t available_instances = 0;  ///< Could take a call at once.
    double utilization = 0;                 ///< Mean since the check before.

    std::chrono::nanoseconds window{0};  ///< What the next three cover; about 5 minutes at most.
    std::uint64_t calls = 0;             ///< That ended in it.
    double success_rate = 1;             ///< 1 without calls.
    double fallback_rate = 0;            ///< 0 without calls.

    MemoryStatistics memory;
    double memory_ratio = 0;  ///< Committed over allowed.
    CircuitBreakerState breaker = CircuitBreakerState::kClosed;
    CanaryResult canary = CanaryResult::kNotRun;

    std::string sandbox_error;               ///< Why there is no sandbox; empty when there is.
    std::chrono::nanoseconds start_time{0};  ///< What it took to start the pool.
    bool start_target_missed = false;        ///< More than `cold_start_target`.
    bool ticker_is_stuck = false;            ///< Deadlines of guests are not enforced.

    HealthTrend trend = HealthTrend::kStable;
    std::optional<Forecast> utilization_forecast;  ///< Nothing while the history is too short.
    std::optional<Forecast> memory_forecast;
};

/// Watches a pool from a thread of its own: makes a check each `ExtractorConfig::health_interval`,
/// which joins the recorded history. Belongs to its pool. Thread-safe.
class PoolHealthMonitor {
public:
    virtual ~PoolHealthMonitor() = default;
    /// Judged now, without a trace in the recorded history and with the last check's canary.
    [[nodiscard]] virtual PoolHealthStatus get_current_health() const = 0;
    /// A check now, which counts like the others: extracts the canary page, some milliseconds.
    virtual PoolHealthStatus check() = 0;
};

/// "healthy", "degraded", "unhealthy", "critical".
std::string_view to_string(HealthLevel level) noexcept;
/// "improving", "stable", "degrading".
std::string_view to_string(HealthTrend trend) noexcept;
/// "low", "medium", "high", "critical".
std::string_view to_string(MemoryPressure pressure) noexcept;
/// "not-run", "passed", "failed".
std::string_view to_string(CanaryResult result) noexcept;

}  // namespace riptide
