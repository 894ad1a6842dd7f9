#include "io/metrics_text.h"

#include <algorithm>
#include <array>

#include "io/http_metrics.h"
#include "io/pool_metrics.h"
#include "io/process_metrics.h"
#include "io/sample_writer.h"

namespace riptide::io {
namespace {

constexpr auto kCatalogue = [] {
    constexpr std::size_t kHttpEnd = kPoolMetrics.size() + kHttpMetrics.size();
    std::array<MetricSpec, kHttpEnd + kProcessMetrics.size()> all{};
    std::ranges::copy(kPoolMetrics, all.begin());
    std::ranges::copy(kHttpMetrics, all.begin() + kPoolMetrics.size());
    std::ranges::copy(kProcessMetrics, all.begin() + kHttpEnd);
    return all;
}();

std::string_view to_string(MetricType type) {
    constexpr std::array<std::string_view, 3> kNames = {"counter", "gauge", "histogram"};
    return kNames[static_cast<std::size_t>(type)];
}

}  // namespace

std::span<const MetricSpec> metric_catalogue() { return kCatalogue; }

std::string metrics_text(const ServiceFigures& figures) {
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
        "# Metrics\n\nWhat `GET /metrics` tells, in the text format of Prometheus. This page is "
        "made from the catalogue\n(`src/io/metrics_text.cpp`), and a test holds it against "
        "that.\n\n| metric | type | labels | what it tells |\n| --- | --- | --- | --- |\n";
    for (const MetricSpec& spec : kCatalogue) {
        out.append("| `").append(spec.name).append("` | ").append(to_string(spec.type));
        out.append(" | ").append(spec.labels[0]);
        if (!spec.labels[1].empty()) out.append(", ").append(spec.labels[1]);
        out.append(" | ").append(spec.help).append(" |\n");
    }
    return out;
}

}  // namespace riptide::io
