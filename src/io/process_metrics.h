/// The metrics of the process and its log. For the catalogue only.
#pragma once

#include "io/sample_writer.h"

namespace riptide::io {

inline constexpr std::array kProcessMetrics = {
    MetricSpec{"process_cpu_seconds_total",
               MetricType::kCounter,
               {},
               "Processor time of this process, user and system.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value(SampleWriter::seconds(figures.process.cpu_time));
               }},
    MetricSpec{"process_resident_memory_bytes",
               MetricType::kGauge,
               {},
               "Memory of this process that is in RAM.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value(figures.process.resident_memory.count);
               }},
    MetricSpec{
        "process_virtual_memory_bytes",
        MetricType::kGauge,
        {},
        "Address space of this process; the sandbox reserves much of it, which costs no memory.",
        [](const ServiceFigures& figures, SampleWriter& out) {
            out.value(figures.process.virtual_memory.count);
        }},
    MetricSpec{"process_open_fds",
               MetricType::kGauge,
               {},
               "File descriptors that are open.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value(figures.process.open_descriptors);
               }},
    MetricSpec{"process_max_fds",
               MetricType::kGauge,
               {},
               "File descriptors that may be open.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value(figures.process.max_descriptors);
               }},
    MetricSpec{"process_threads",
               MetricType::kGauge,
               {},
               "Threads of this process.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value(figures.process.threads);
               }},
    MetricSpec{"process_start_time_seconds",
               MetricType::kGauge,
               {},
               "When this process was started, in seconds since 1970 (UTC).",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   // Nanoseconds since 1970 have more digits than a double.
                   const auto started = std::chrono::floor<std::chrono::milliseconds>(
                       figures.process.started.time_since_epoch());
                   out.value(std::chrono::duration<double>(started).count());
               }},
    MetricSpec{"riptide_log_lines_total",
               MetricType::kCounter,
               {"level"},
               "Lines logged, those dropped included.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   write_each<sys::LogLevel>(figures.log.lines, out);
               }},
    MetricSpec{
        "riptide_log_dropped_total",
        MetricType::kCounter,
        {},
        "Lines of the log that were dropped because nobody read them in time.",
        [](const ServiceFigures& figures, SampleWriter& out) { out.value(figures.log.dropped); }},
    MetricSpec{
        "riptide_build_info",
        MetricType::kGauge,
        {"version"},
        "1 for the version that runs.",
        [](const ServiceFigures& figures, SampleWriter& out) { out.value(figures.version, 1); }},
};

}  // namespace riptide::io
