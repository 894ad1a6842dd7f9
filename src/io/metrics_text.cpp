#include "io/metrics_text.h"

#include <array>
#include <charconv>

namespace riptide::io {

class SampleWriter {
public:
    SampleWriter(const MetricSpec& spec, std::string& out) : spec_(spec), out_(out) {}

    template <typename Number>
    void value(Number number) {
        sample("", {}, {}, number);
    }
    /// One of several that differ by the label.
    template <typename Number>
    void value(std::string_view label_value, Number number) {
        sample("", spec_.label, label_value, number);
    }
    void histogram(const Distribution& times) {
        for (std::size_t i = 0; i < kTimeBounds.size(); ++i) {
            sample("_bucket", "le", text(seconds(kTimeBounds[i])), times.at_most[i]);
        }
        sample("_bucket", "le", "+Inf", times.count);
        sample("_sum", {}, {}, seconds(times.sum));
        sample("_count", {}, {}, times.count);
    }

    static double seconds(std::chrono::nanoseconds duration) {
        return std::chrono::duration<double>(duration).count();
    }

private:
    template <typename Number>
    static std::string text(Number number) {
        std::array<char, 32> digits;
        const auto [end, error] =
            std::to_chars(digits.data(), digits.data() + digits.size(), number);
        return {digits.data(), end};
    }

    template <typename Number>
    void sample(std::string_view suffix, std::string_view label, std::string_view label_value,
                Number number) {
        out_.append(spec_.name).append(suffix);
        if (!label.empty()) {
            // Label values are names of enumerators and bounds: nothing in them needs escaping.
            out_.append("{").append(label).append("=\"").append(label_value).append("\"}");
        }
        out_.append(" ").append(text(number)).append("\n");
    }

    const MetricSpec& spec_;
    std::string& out_;
};

namespace {

template <auto kMember>
void write_metric(const PoolFigures& figures, SampleWriter& out) {
    out.value(figures.metrics.*kMember);
}

template <auto kMember>
void write_histogram(const PoolFigures& figures, SampleWriter& out) {
    out.histogram(figures.metrics.*kMember);
}

/// One sample for each enumerator, from an array by enumerator.
template <typename Enum, typename Array>
void write_each(const Array& by_enumerator, SampleWriter& out) {
    for (std::size_t i = 0; i < by_enumerator.size(); ++i) {
        out.value(to_string(static_cast<Enum>(i)), by_enumerator[i]);
    }
}

/// 1 for the enumerator that holds, 0 for the others.
template <typename Enum>
void write_state(Enum now, Enum last, SampleWriter& out) {
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        out.value(to_string(static_cast<Enum>(i)), static_cast<Enum>(i) == now ? 1 : 0);
    }
}

constexpr std::array kCatalogue = {
    MetricSpec{"riptide_wasm_requests_total", MetricType::kCounter, "",
               "Requests that came; each ends in one result.",
               write_metric<&PerformanceMetrics::total_extractions>},
    MetricSpec{
        "riptide_wasm_results_total", MetricType::kCounter, "result",
        "Requests that ended: ok and empty by the sandbox, fallback natively, error, or shed.",
        [](const PoolFigures& figures, SampleWriter& out) {
            const PerformanceMetrics& metrics = figures.metrics;
            out.value("ok", metrics.successful_extractions - metrics.empty_extractions);
            out.value("empty", metrics.empty_extractions);
            out.value("fallback", metrics.fallback_extractions);
            out.value("error", metrics.failed_extractions);
            out.value("shed", metrics.shed_extractions);
        }},
    MetricSpec{"riptide_wasm_errors_total", MetricType::kCounter, "class",
               "Requests that ended with an error, by its class.",
               [](const PoolFigures& figures, SampleWriter& out) {
                   for (std::size_t i = 0; i < kErrorClasses; ++i) {
                       out.value(traits(static_cast<ErrorClass>(i)).name,
                                 figures.metrics.errors[i]);
                   }
               }},
    MetricSpec{"riptide_wasm_fallbacks_total", MetricType::kCounter, "reason",
               "Pages that went to the native fallback, by reason.",
               [](const PoolFigures& figures, SampleWriter& out) {
                   write_each<FallbackReason>(figures.metrics.fallbacks, out);
               }},
    MetricSpec{"riptide_wasm_queue_wait_seconds", MetricType::kHistogram, "",
               "Time that requests waited for a permit.",
               write_histogram<&PerformanceMetrics::wait>},
    MetricSpec{"riptide_wasm_processing_seconds", MetricType::kHistogram, "",
               "Time from the permit to the result.",
               write_histogram<&PerformanceMetrics::processing>},
    MetricSpec{"riptide_wasm_requests_waiting", MetricType::kGauge, "",
               "Requests that wait for a permit.",
               write_metric<&PerformanceMetrics::requests_waiting>},
    MetricSpec{"riptide_wasm_instances", MetricType::kGauge, "state",
               "Slots by state: without a store, ready, in a call, used up.",
               [](const PoolFigures& figures, SampleWriter& out) {
                   write_each<InstanceState>(figures.metrics.instances, out);
               }},
    MetricSpec{"riptide_wasm_utilization_ratio", MetricType::kGauge, "",
               "Share of the instances in use, 0 to 1.",
               [](const PoolFigures& figures, SampleWriter& out) {
                   out.value(figures.health.utilization);
               }},
    MetricSpec{"riptide_wasm_stores_made_total", MetricType::kCounter, "",
               "Stores made: one for each call, and those kept ready.",
               write_metric<&PerformanceMetrics::stores_made>},
    MetricSpec{"riptide_wasm_cold_calls_total", MetricType::kCounter, "",
               "Calls that found no store ready.", write_metric<&PerformanceMetrics::cold_calls>},
    MetricSpec{"riptide_wasm_epoch_timeouts_total", MetricType::kCounter, "",
               "Guests that were stopped at a deadline.",
               write_metric<&PerformanceMetrics::epoch_timeouts>},
    MetricSpec{"riptide_wasm_memory_pages", MetricType::kGauge, "",
               "Linear memory of all stores, in pages of 64 KiB.",
               write_metric<&PerformanceMetrics::wasm_memory_pages>},
    MetricSpec{"riptide_wasm_peak_memory_pages", MetricType::kGauge, "",
               "Most pages of 64 KiB that one call ever had.",
               write_metric<&PerformanceMetrics::wasm_peak_memory_pages>},
    MetricSpec{"riptide_wasm_grow_failed_total", MetricType::kCounter, "",
               "Growths of linear memory that the limit denied.",
               write_metric<&PerformanceMetrics::wasm_grow_failed_total>},
    MetricSpec{"riptide_wasm_memory_allowed_bytes", MetricType::kGauge, "",
               "Linear memory that all calls together may have.",
               [](const PoolFigures& figures, SampleWriter& out) {
                   out.value(figures.health.memory.allowed.count);
               }},
    MetricSpec{"riptide_wasm_circuit_breaker_state", MetricType::kGauge, "state",
               "1 for the state the breaker is in.",
               [](const PoolFigures& figures, SampleWriter& out) {
                   write_state(figures.breaker.state, CircuitBreakerState::kHalfOpen, out);
               }},
    MetricSpec{"riptide_wasm_circuit_breaker_transitions_total", MetricType::kCounter, "kind",
               "Trips (closed to open), reopenings and recoveries (half-open to closed).",
               [](const PoolFigures& figures, SampleWriter& out) {
                   out.value("trip", figures.breaker.trips);
                   out.value("reopening", figures.breaker.reopenings);
                   out.value("recovery", figures.breaker.recoveries);
               }},
    MetricSpec{"riptide_wasm_health_level", MetricType::kGauge, "level",
               "1 for the level of the pool's health.",
               [](const PoolFigures& figures, SampleWriter& out) {
                   write_state(figures.health.level, HealthLevel::kCritical, out);
               }},
    MetricSpec{"riptide_wasm_aot_cache_results_total", MetricType::kCounter, "result",
               "Components loaded, by what the cache of compiled code had.",
               [](const PoolFigures& figures, SampleWriter& out) {
                   write_each<AotResult>(figures.metrics.aot_cache, out);
               }},
    MetricSpec{"riptide_wasm_start_seconds", MetricType::kGauge, "",
               "Time that the start of the pool took.",
               [](const PoolFigures& figures, SampleWriter& out) {
                   out.value(SampleWriter::seconds(figures.health.start_time));
               }},
};

std::string_view to_string(MetricType type) {
    constexpr std::array<std::string_view, 3> kNames = {"counter", "gauge", "histogram"};
    return kNames[static_cast<std::size_t>(type)];
}

}  // namespace

std::span<const MetricSpec> metric_catalogue() { return kCatalogue; }

std::string metrics_text(const PoolFigures& figures) {
    std::string out;
    for (const MetricSpec& spec : kCatalogue) {
        out.append("# HELP ").append(spec.name).append(" ").append(spec.help).append("\n");
        out.append("# TYPE ").append(spec.name).append(" ").append(to_string(spec.type));
        out.append("\n");
        SampleWriter writer(spec, out);
        spec.write(figures, writer);
    }
    return out;
}

std::string metrics_page() {
    std::string out =
        "# Metrics\n\nThe metrics of a pool, in the text format of Prometheus. This page is made "
        "from the catalogue\n(`src/io/metrics_text.cpp`), and a test holds it against that.\n\n"
        "| metric | type | label | what it tells |\n| --- | --- | --- | --- |\n";
    for (const MetricSpec& spec : kCatalogue) {
        out.append("| `").append(spec.name).append("` | ").append(to_string(spec.type));
        out.append(" | ").append(spec.label).append(" | ").append(spec.help).append(" |\n");
    }
    return out;
}

}  // namespace riptide::io
