#include "pool/health.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "pool/line_fit.h"

namespace riptide {
namespace {

using std::chrono::nanoseconds;

double seconds(nanoseconds duration) { return std::chrono::duration<double>(duration).count(); }

/// Counters are read one after the other while calls go on, so a part may be ahead of its whole.
double ratio(double part, double whole) {
    return whole > 0 ? std::clamp(part / whole, 0.0, 1.0) : 0.0;
}

double count_ratio(std::uint64_t part, std::uint64_t whole) {
    return ratio(static_cast<double>(part), static_cast<double>(whole));
}

/// Mean since `before`; without time in between, the share of the moment.
double utilization(const PoolSample& before, const PoolSample& now) {
    const nanoseconds elapsed = now.at - before.at;
    if (elapsed <= nanoseconds::zero()) return count_ratio(now.active_instances, now.max_instances);
    return ratio(seconds(now.busy - before.busy), seconds(elapsed) * now.max_instances);
}

std::uint64_t calls(const PoolSample& sample) { return sample.successful + sample.failed; }

/// +1 or -1 for a rise or a fall that is both large enough to matter and beyond chance, else 0.
int direction(const std::vector<Point>& series) {
    const std::optional<LineFit> line = LineFit::through(series);
    if (!line) return 0;
    const double change = line->slope() * (series.back().x - series.front().x);
    if (std::abs(change) < HealthMonitor::kTrendThreshold) return 0;
    if (std::abs(line->slope()) <= line->slope_margin()) return 0;
    return change > 0 ? 1 : -1;
}

/// Of a series whose times are seconds before the check.
std::optional<Forecast> forecast(const std::vector<Point>& series) {
    const std::optional<LineFit> line = LineFit::through(series);
    if (!line) return std::nullopt;
    const double ahead = seconds(HealthMonitor::kForecastHorizon);
    const double expected = line->at(ahead);
    const double margin = line->margin_at(ahead);
    return Forecast{HealthMonitor::kForecastHorizon, std::clamp(expected, 0.0, 1.0),
                    std::clamp(expected - margin, 0.0, 1.0),
                    std::clamp(expected + margin, 0.0, 1.0)};
}

}  // namespace

HealthLevel success_level(double rate) {
    if (rate > 0.90) return HealthLevel::kHealthy;
    if (rate > 0.75) return HealthLevel::kDegraded;
    if (rate > 0.50) return HealthLevel::kUnhealthy;
    return HealthLevel::kCritical;
}

HealthLevel utilization_level(double utilization) {
    if (utilization < 0.75) return HealthLevel::kHealthy;
    if (utilization < 0.85) return HealthLevel::kDegraded;
    if (utilization < 0.95) return HealthLevel::kUnhealthy;
    return HealthLevel::kCritical;
}

MemoryPressure memory_pressure(double ratio) {
    if (ratio < 0.70) return MemoryPressure::kLow;
    if (ratio < 0.85) return MemoryPressure::kMedium;
    if (ratio < 0.95) return MemoryPressure::kHigh;
    return MemoryPressure::kCritical;
}

HealthLevel worst(HealthLevel success, HealthLevel utilization, MemoryPressure pressure) {
    return std::max({success, utilization, static_cast<HealthLevel>(pressure)});
}

HealthMonitor::HealthMonitor(const PoolSample& start)
    : history_{Check{start, utilization(start, start),
                     count_ratio(start.memory.committed.count, start.memory.allowed.count),
                     std::nullopt}} {}

PoolHealthStatus HealthMonitor::record(const PoolSample& sample) {
    const Check latest = check(sample);
    PoolHealthStatus status = judge(latest);
    const HealthLevel now =
        worst(status.success_level, status.utilization_level, status.memory_pressure);
    if (now >= level_) {
        level_ = now;
        better_checks_ = 0;
    } else if (++better_checks_ == kChecksToImprove) {
        level_ = static_cast<HealthLevel>(static_cast<int>(level_) - 1);
        better_checks_ = 0;
    }
    status.level = level_;

    history_.push_back(latest);
    while (history_.size() > kMaxSamples || sample.at - history_.front().sample.at > kWindow) {
        history_.pop_front();
    }
    return status;
}

PoolHealthStatus HealthMonitor::peek(const PoolSample& sample) const {
    PoolHealthStatus status = judge(check(sample));
    status.level = std::max(
        level_, worst(status.success_level, status.utilization_level, status.memory_pressure));
    return status;
}

HealthMonitor::Check HealthMonitor::check(const PoolSample& sample) const {
    const PoolSample& before = history_.back().sample;
    Check check{sample, utilization(before, sample),
                count_ratio(sample.memory.committed.count, sample.memory.allowed.count),
                std::nullopt};
    const std::uint64_t ended = calls(sample) - calls(before);
    if (ended > 0) check.success_rate = count_ratio(sample.successful - before.successful, ended);
    return check;
}

/// The oldest sample that is not older than the window; where checks are rarer, the last one.
const PoolSample& HealthMonitor::window_start(const PoolSample& sample) const {
    for (const Check& check : history_) {
        if (sample.at - check.sample.at <= kWindow) return check.sample;
    }
    return history_.back().sample;
}

/// All but the level, which depends on the checks before.
PoolHealthStatus HealthMonitor::judge(const Check& check) const {
    const PoolSample& sample = check.sample;
    const PoolSample& start = window_start(sample);
    PoolHealthStatus status;
    status.checked_at = sample.at;
    status.window = sample.at - start.at;
    status.calls = calls(sample) - calls(start);
    if (status.calls > 0) {
        status.success_rate = count_ratio(sample.successful - start.successful, status.calls);
        status.fallback_rate = count_ratio(sample.fallbacks - start.fallbacks, status.calls);
    }
    status.success_level = success_level(status.success_rate);
    status.utilization = check.utilization;
    status.utilization_level = utilization_level(check.utilization);
    status.memory_ratio = check.memory_ratio;
    status.memory_pressure = memory_pressure(check.memory_ratio);

    status.max_instances = sample.max_instances;
    status.active_instances = sample.active_instances;
    status.available_instances = sample.available_instances;
    status.memory = sample.memory;
    status.breaker = sample.breaker;
    status.canary = sample.canary;
    predict(check, status);
    return status;
}

void HealthMonitor::predict(const Check& check, PoolHealthStatus& status) const {
    std::vector<Point> success;
    std::vector<Point> utilization;
    std::vector<Point> memory;
    const auto add = [&](const Check& past) {
        const nanoseconds age = check.sample.at - past.sample.at;
        if (age > kWindow) return;
        const double when = -seconds(age);
        if (past.success_rate) success.push_back({when, *past.success_rate});
        utilization.push_back({when, past.utilization});
        memory.push_back({when, past.memory_ratio});
    };
    std::ranges::for_each(history_, add);
    add(check);
    // More successes are better, more load and memory are worse.
    const auto [least, most] =
        std::minmax({direction(success), -direction(utilization), -direction(memory)});
    if (least < 0) {
        status.trend = HealthTrend::kDegrading;
    } else if (most > 0) {
        status.trend = HealthTrend::kImproving;
    }
    status.utilization_forecast = forecast(utilization);
    status.memory_forecast = forecast(memory);
}

}  // namespace riptide
