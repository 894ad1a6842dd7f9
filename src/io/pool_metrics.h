/// The metrics of a pool. For the catalogue only.
#pragma once

#include "io/sample_writer.h"

namespace riptide::io {

template <auto kMember>
void write_metric(const ServiceFigures& figures, SampleWriter& out) {
    out.value(figures.pool.metrics.*kMember);
}

template <auto kMember>
void write_histogram(const ServiceFigures& figures, SampleWriter& out) {
    out.histogram(figures.pool.metrics.*kMember);
}

template <auto kMember>
void write_helper(const ServiceFigures& figures, SampleWriter& out) {
    out.value(figures.pool.metrics.helpers.*kMember);
}

inline constexpr std::array kPoolMetrics = {
    MetricSpec{"riptide_wasm_requests_total",
               MetricType::kCounter,
               {},
               "Requests that came; each ends in one result.",
               write_metric<&PerformanceMetrics::total_extractions>},
    MetricSpec{
        "riptide_wasm_results_total",
        MetricType::kCounter,
        {"result"},
        "Requests that ended: ok and empty by the sandbox, fallback natively, error, or shed.",
        [](const ServiceFigures& figures, SampleWriter& out) {
            const PerformanceMetrics& metrics = figures.pool.metrics;
            out.value("ok", metrics.successful_extractions - metrics.empty_extractions);
            out.value("empty", metrics.empty_extractions);
            out.value("fallback", metrics.fallback_extractions);
            out.value("error", metrics.failed_extractions);
            out.value("shed", metrics.shed_extractions);
        }},
    MetricSpec{"riptide_wasm_errors_total",
               MetricType::kCounter,
               {"class"},
               "Requests that ended with an error, by its class.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   for (std::size_t i = 0; i < kErrorClasses; ++i) {
                       out.value(traits(static_cast<ErrorClass>(i)).name,
                                 figures.pool.metrics.errors[i]);
                   }
               }},
    MetricSpec{"riptide_wasm_fallbacks_total",
               MetricType::kCounter,
               {"reason"},
               "Pages that went to the native fallback, by reason.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   write_each<FallbackReason>(figures.pool.metrics.fallbacks, out);
               }},
    MetricSpec{"riptide_wasm_queue_wait_seconds",
               MetricType::kHistogram,
               {},
               "Time that requests waited for a permit, and then for their turn to run.",
               write_histogram<&PerformanceMetrics::wait>},
    MetricSpec{"riptide_wasm_processing_seconds",
               MetricType::kHistogram,
               {},
               "Time from the start of a run to its result.",
               write_histogram<&PerformanceMetrics::processing>},
    MetricSpec{"riptide_wasm_requests_waiting",
               MetricType::kGauge,
               {},
               "Requests that wait for a permit.",
               write_metric<&PerformanceMetrics::requests_waiting>},
    MetricSpec{"riptide_wasm_instances",
               MetricType::kGauge,
               {"state"},
               "Slots by state: without a store, ready, in a call, used up.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   write_each<InstanceState>(figures.pool.metrics.instances, out);
               }},
    MetricSpec{"riptide_wasm_utilization_ratio",
               MetricType::kGauge,
               {},
               "How much of their time the instances were taken since the check before, 0 to 1.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value(figures.pool.health.utilization);
               }},
    MetricSpec{"riptide_wasm_stores_made_total",
               MetricType::kCounter,
               {},
               "Stores made: one for each call, and those kept ready.",
               write_metric<&PerformanceMetrics::stores_made>},
    MetricSpec{"riptide_wasm_cold_calls_total",
               MetricType::kCounter,
               {},
               "Calls that found no store ready.",
               write_metric<&PerformanceMetrics::cold_calls>},
    MetricSpec{"riptide_wasm_epoch_timeouts_total",
               MetricType::kCounter,
               {},
               "Guests that were stopped at a deadline.",
               write_metric<&PerformanceMetrics::epoch_timeouts>},
    MetricSpec{"riptide_wasm_memory_pages",
               MetricType::kGauge,
               {},
               "Linear memory of all stores, in pages of 64 KiB.",
               write_metric<&PerformanceMetrics::wasm_memory_pages>},
    MetricSpec{"riptide_wasm_peak_memory_pages",
               MetricType::kGauge,
               {},
               "Most pages of 64 KiB that one call ever had.",
               write_metric<&PerformanceMetrics::wasm_peak_memory_pages>},
    MetricSpec{"riptide_wasm_grow_failed_total",
               MetricType::kCounter,
               {},
               "Growths of linear memory that the limit denied.",
               write_metric<&PerformanceMetrics::wasm_grow_failed_total>},
    MetricSpec{"riptide_wasm_memory_allowed_bytes",
               MetricType::kGauge,
               {},
               "Linear memory that all calls together may have.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value(figures.pool.health.memory.allowed.count);
               }},
    MetricSpec{"riptide_wasm_circuit_breaker_state",
               MetricType::kGauge,
               {"state"},
               "1 for the state the breaker is in.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   write_state(figures.pool.breaker.state, CircuitBreakerState::kHalfOpen, out);
               }},
    MetricSpec{"riptide_wasm_circuit_breaker_transitions_total",
               MetricType::kCounter,
               {"kind"},
               "Trips (closed to open), reopenings and recoveries (half-open to closed).",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value("trip", figures.pool.breaker.trips);
                   out.value("reopening", figures.pool.breaker.reopenings);
                   out.value("recovery", figures.pool.breaker.recoveries);
               }},
    MetricSpec{"riptide_wasm_health_level",
               MetricType::kGauge,
               {"level"},
               "1 for the level of the pool's health.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   write_state(figures.pool.health.level, HealthLevel::kCritical, out);
               }},
    MetricSpec{"riptide_wasm_aot_cache_results_total",
               MetricType::kCounter,
               {"result"},
               "Components loaded, by what the cache of compiled code had.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   write_each<AotResult>(figures.pool.metrics.aot_cache, out);
               }},
    MetricSpec{"riptide_wasm_start_seconds",
               MetricType::kGauge,
               {},
               "Time that the start of the pool took.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value(SampleWriter::seconds(figures.pool.health.start_time));
               }},
    MetricSpec{"riptide_wasm_start_target_missed",
               MetricType::kGauge,
               {},
               "1 when the start took longer than its target.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value(figures.pool.health.start_target_missed ? 1 : 0);
               }},
    MetricSpec{"riptide_wasm_sandbox_up",
               MetricType::kGauge,
               {},
               "0 when the sandbox could not be started and all pages go to the fallback.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value(figures.pool.health.sandbox_error.empty() ? 1 : 0);
               }},
    MetricSpec{"riptide_wasm_ticker_stuck",
               MetricType::kGauge,
               {},
               "1 when the deadlines of guests are not enforced.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value(figures.pool.health.ticker_is_stuck ? 1 : 0);
               }},
    MetricSpec{"riptide_wasm_canary",
               MetricType::kGauge,
               {"result"},
               "1 for the result of the last canary extraction.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   write_state(figures.pool.health.canary, CanaryResult::kFailed, out);
               }},
    MetricSpec{"riptide_wasm_helpers",
               MetricType::kGauge,
               {"state"},
               "Helper processes of the fallback that are ready, and requests that wait for one.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value("ready", figures.pool.metrics.helpers.ready);
                   out.value("awaited", figures.pool.metrics.helpers.waiting);
               }},
    MetricSpec{"riptide_wasm_helper_starts_total",
               MetricType::kCounter,
               {"process"},
               "Helper processes started, and zygotes, which start them.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value("helper", figures.pool.metrics.helpers.starts);
                   out.value("zygote", figures.pool.metrics.helpers.zygote_starts);
               }},
    MetricSpec{"riptide_wasm_helper_calls_total",
               MetricType::kCounter,
               {},
               "Pages given to a helper.",
               write_helper<&HelperStats::calls>},
    MetricSpec{"riptide_wasm_helper_answers_total",
               MetricType::kCounter,
               {},
               "Helpers that answered, typed errors included.",
               write_helper<&HelperStats::answers>},
    MetricSpec{"riptide_wasm_helper_refused_total",
               MetricType::kCounter,
               {"reason"},
               "Requests for a helper that got none: the queue was full, or their time was over.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value("overloaded", figures.pool.metrics.helpers.overloaded);
                   out.value("deadline", figures.pool.metrics.helpers.expired);
               }},
    MetricSpec{"riptide_wasm_helper_deaths_total",
               MetricType::kCounter,
               {"cause"},
               "Helpers that ended other than by being done.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   write_each<HelperDeath>(figures.pool.metrics.helpers.deaths, out);
               }},
};

}  // namespace riptide::io
