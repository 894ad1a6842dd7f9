/// The metrics of a service for Prometheus.
#pragma once

#include <riptide/circuit_breaker.h>
#include <riptide/health.h>
#include <riptide/metrics.h>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "io/http_figures.h"
#include "sys/log.h"
#include "sys/process_figures.h"

namespace riptide::io {

/// What a pool tells of itself at one moment.
struct PoolFigures {
    PerformanceMetrics metrics;
    PoolHealthStatus health;
    CircuitBreakerStatus breaker;
};

/// What a service tells of itself at one moment.
struct ServiceFigures {
    PoolFigures pool;
    HttpFigures http;
    sys::ProcessFigures process;
    sys::LogFigures log;
    std::string_view version;
};

enum class MetricType : std::uint8_t { kCounter, kGauge, kHistogram };

/// Writes one metric's samples.
class SampleWriter;

struct MetricSpec {
    std::string_view name;  ///< With the unit; counters end in `_total`.
    MetricType type;
    std::array<std::string_view, 2> labels;  ///< Their names; empty where there is none.
    std::string_view help;
    void (*write)(const ServiceFigures& figures, SampleWriter& out);
};

/// Every metric, declared once: the exposition, docs/metrics.md and the tests are read from here.
std::span<const MetricSpec> metric_catalogue();

/// In the text format of Prometheus, version 0.0.4.
std::string metrics_text(const ServiceFigures& figures);

/// docs/metrics.md.
std::string metrics_page();

}  // namespace riptide::io
