#include "io/status_json.h"

#include <algorithm>
#include <optional>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace riptide::io {
namespace {

namespace json = boost::json;

double seconds(std::chrono::nanoseconds duration) {
    return std::chrono::duration<double>(duration).count();
}

/// Never negative: the wall clock may be set back.
template <typename TimePoint>
double age(TimePoint at, TimePoint now) {
    return std::max(0.0, std::chrono::duration<double>(now - at).count());
}

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value forecast(const std::optional<Forecast>& forecast) {
    if (!forecast) return nullptr;
    return {{"horizon_seconds", seconds(forecast->horizon)},
            {"expected_ratio", forecast->expected},
            {"low_ratio", forecast->low},
            {"high_ratio", forecast->high}};
}

json::object memory(const PoolHealthStatus& health) {
    return {{"committed_bytes", health.memory.committed.count},
            {"allowed_bytes", health.memory.allowed.count},
            {"ratio", health.memory_ratio},
            {"pressure", to_string(health.memory_pressure)},
            {"peak_bytes", health.memory.peak_pages * kWasmPage.count},
            {"grow_failures_total", health.memory.grow_failures}};
}

json::object breaker(const CircuitBreakerStatus& status) {
    return {{"state", to_string(status.state)},
            {"state_seconds", seconds(status.time_in_state)},
            {"open_seconds_left", seconds(status.open_time_left)},
            {"window_calls", status.window_calls},
            {"window_failures", status.window_failures},
            {"probes_in_flight", status.probes_in_flight},
            {"probes_succeeded", status.probes_succeeded},
            {"trips_total", status.trips},
            {"reopenings_total", status.reopenings},
            {"recoveries_total", status.recoveries}};
}

json::array transitions(const AdminStatus& status) {
    json::array out;
    for (const CircuitBreakerTransition& transition : status.pool.breaker.history) {
        out.push_back({{"age_seconds", age(transition.at, status.now)},
                       {"from", to_string(transition.from)},
                       {"to", to_string(transition.to)},
                       {"cause", transition.cause}});
    }
    return out;
}

json::object counts(const PerformanceMetrics& metrics) {
    return {{"requests_total", metrics.total_extractions},
            {"ok_total", metrics.successful_extractions - metrics.empty_extractions},
            {"empty_total", metrics.empty_extractions},
            {"fallback_total", metrics.fallback_extractions},
            {"error_total", metrics.failed_extractions},
            {"shed_total", metrics.shed_extractions},
            {"epoch_timeouts_total", metrics.epoch_timeouts},
            {"stores_made_total", metrics.stores_made},
            {"cold_calls_total", metrics.cold_calls}};
}

json::object errors(const PerformanceMetrics& metrics) {
    json::object out;
    for (std::size_t i = 0; i < kErrorClasses; ++i) {
        out[traits(static_cast<ErrorClass>(i)).name] = metrics.errors[i];
    }
    return out;
}

/// One number for each enumerator, from an array by enumerator.
template <typename Enum, typename Array>
json::object by_name(const Array& by_enumerator) {
    json::object out;
    for (std::size_t i = 0; i < by_enumerator.size(); ++i) {
        out[to_string(static_cast<Enum>(i))] = by_enumerator[i];
    }
    return out;
}

json::object distribution(const Distribution& times) {
    json::array buckets;
    for (std::size_t i = 0; i < kTimeBounds.size(); ++i) {
        buckets.push_back(
            {{"at_most_seconds", seconds(kTimeBounds[i])}, {"count", times.at_most[i]}});
    }
    return {{"count", times.count},
            {"sum_seconds", seconds(times.sum)},
            {"mean_seconds", seconds(times.mean)},
            {"p50_seconds", seconds(times.p50)},
            {"p95_seconds", seconds(times.p95)},
            {"p99_seconds", seconds(times.p99)},
            {"max_seconds", seconds(times.max)},
            {"buckets", std::move(buckets)}};
}

json::object helpers(const HelperStats& stats) {
    return {{"ready", stats.ready},
            {"waiting", stats.waiting},
            {"starts_total", stats.starts},
            {"calls_total", stats.calls},
            {"answers_total", stats.answers},
            {"overloaded_total", stats.overloaded},
            {"expired_total", stats.expired},
            {"zygote_starts_total", stats.zygote_starts},
            {"deaths", by_name<HelperDeath>(stats.deaths)}};
}

json::object http(const HttpFigures& figures) {
    return {{"open_connections", figures.open_connections},
            {"requests_in_flight", figures.requests_in_flight},
            {"connections_total", figures.connections_accepted},
            {"disconnects_total", figures.disconnects},
            {"received_bytes_total", figures.bytes_received},
            {"sent_bytes_total", figures.bytes_sent},
            {"refused", by_name<HttpRefusal>(figures.refused)},
            {"timeouts", by_name<HttpTimeout>(figures.timeouts)}};
}

json::array instances(const AdminStatus& status) {
    using WallTime = std::chrono::system_clock::time_point;
    const auto age_or_null = [&](WallTime at) {
        return at == WallTime{} ? json::value(nullptr)
                                : json::value(age(at, status.wall_clock_now));
    };
    json::array out;
    for (const PooledInstance& instance : status.instances) {
        out.push_back({{"id", instance.id},
                       {"state", to_string(instance.state)},
                       {"store_age_seconds", age_or_null(instance.created_at)},
                       {"last_used_age_seconds", age_or_null(instance.last_used)},
                       {"calls_total", instance.use_count},
                       {"failures_total", instance.failure_count},
                       {"memory_bytes", instance.memory_usage_bytes.count},
                       {"peak_memory_bytes", instance.resources.peak_memory.count},
                       {"denied_growths_total", instance.resources.denied_growths},
                       {"busy_seconds_total", seconds(instance.resources.busy_time)}});
    }
    return out;
}

json::array recent_errors(const AdminStatus& status) {
    json::array out;
    for (const RecentError& error : status.recent_errors) {
        out.push_back({{"age_seconds", age(error.at, status.now)},
                       {"class", traits(error.error_class).name},
                       {"detail", error.detail},
                       {"request_id", text_or_null(error.request_id)}});
    }
    return out;
}

json::array configuration(const AdminStatus& status) {
    json::array out;
    for (const SettingInForce& setting : status.configuration) {
        const bool is_hidden = setting.secrecy == Secrecy::kSecret && !setting.value.empty();
        out.push_back({{"name", setting.name},
                       {"value", is_hidden ? "***" : setting.value},
                       {"source", setting.source}});
    }
    return out;
}

}  // namespace

json::object health_json(const PoolFigures& figures) {
    const PoolHealthStatus& health = figures.health;
    return {
        {"level", to_string(health.level)},
        {"success_level", to_string(health.success_level)},
        {"utilization_level", to_string(health.utilization_level)},
        {"trend", to_string(health.trend)},
        {"success_ratio", health.success_rate},
        {"fallback_ratio", health.fallback_rate},
        {"window_calls", health.calls},
        {"window_seconds", seconds(health.window)},
        {"utilization_ratio", health.utilization},
        {"instances",
         {{"max", health.max_instances},
          {"active", health.active_instances},
          {"available", health.available_instances}}},
        {"requests_waiting", figures.metrics.requests_waiting},
        {"memory", memory(health)},
        {"circuit_breaker", breaker(figures.breaker)},
        {"canary", to_string(health.canary)},
        {"forecast",
         {{"utilization", forecast(health.utilization_forecast)},
          {"memory", forecast(health.memory_forecast)}}},
        {"ticker", health.ticker_is_stuck ? "stuck" : "running"},
        {"sandbox_error", text_or_null(health.sandbox_error)},
        {"start_seconds", seconds(health.start_time)},
        {"start_target_missed", health.start_target_missed},
    };
}

json::object admin_json(const AdminStatus& status) {
    const PerformanceMetrics& metrics = status.pool.metrics;
    return {
        {"server",
         {{"version", status.version},
          {"uptime_seconds", seconds(status.uptime)},
          {"draining", status.draining}}},
        {"http", http(status.http)},
        {"health", health_json(status.pool)},
        {"counts", counts(metrics)},
        {"errors", errors(metrics)},
        {"fallbacks", by_name<FallbackReason>(metrics.fallbacks)},
        {"wait", distribution(metrics.wait)},
        {"processing", distribution(metrics.processing)},
        {"circuit_breaker_transitions", transitions(status)},
        {"instance_states", by_name<InstanceState>(metrics.instances)},
        {"instances", instances(status)},
        {"helpers", helpers(metrics.helpers)},
        {"aot_cache", by_name<AotResult>(metrics.aot_cache)},
        {"recent_errors", recent_errors(status)},
        {"configuration", configuration(status)},
    };
}

}  // namespace riptide::io
