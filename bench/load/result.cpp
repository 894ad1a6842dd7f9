#include "load/result.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace riptide::load {
namespace {

struct Quantile {
    const char* name;
    double share;
};
constexpr std::array kQuantiles = {Quantile{"p50", 0.5},     Quantile{"p90", 0.9},
                                   Quantile{"p95", 0.95},    Quantile{"p99", 0.99},
                                   Quantile{"p99.9", 0.999}, Quantile{"max", 1}};

double milliseconds(std::chrono::nanoseconds time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

double throughput(const Measured& measured) {
    const double seconds = std::chrono::duration<double>(measured.elapsed).count();
    return seconds > 0 ? static_cast<double>(measured.latencies.size()) / seconds : 0;
}

/// Of processor time, for an answer, in milliseconds.
std::optional<double> cost(std::optional<std::chrono::nanoseconds> time, const Measured& measured) {
    if (!time || measured.latencies.empty()) return std::nullopt;
    return milliseconds(*time) / static_cast<double>(measured.latencies.size());
}

boost::json::value or_null(std::optional<double> number) {
    return number ? boost::json::value(*number) : boost::json::value();
}

std::string as_json(const Options& options, const Measured& measured) {
    boost::json::object latency;
    for (const Quantile& quantile : kQuantiles) {
        latency[quantile.name] = milliseconds(percentile(measured.latencies, quantile.share));
    }
    boost::json::object statuses;
    for (const auto& [status, count] : measured.statuses) statuses[std::to_string(status)] = count;
    const boost::json::object out{
        {"loop", options.rate > 0 ? "open" : "closed"},
        {"rate", options.rate},
        {"connections", options.connections},
        {"answers", measured.latencies.size()},
        {"answers_per_second", throughput(measured)},
        {"statuses", std::move(statuses)},
        {"failed_connections", measured.failed_connections},
        {"timeouts", measured.timeouts},
        {"unsent", measured.unsent},
        {"server_cpu_ms_per_answer", or_null(cost(measured.server_cpu, measured))},
        {"generator_cpu_ms_per_answer", or_null(cost(measured.generator_cpu, measured))},
        {"latency_ms", std::move(latency)}};
    return boost::json::serialize(out) + "\n";
}

template <typename... Values>
std::string line(const char* format, Values... values) {
    std::array<char, 200> text;
    std::snprintf(text.data(), text.size(), format, values...);
    return text.data();
}

std::string as_text(const Options& options, const Measured& measured) {
    std::string out = options.rate > 0 ? line("open loop, %.0f requests/s, ", options.rate)
                                       : std::string("closed loop, ");
    out += line("%u connections\n", options.connections);
    out += line("%zu answers, %.1f per second\n", measured.latencies.size(), throughput(measured));
    for (const auto& [status, count] : measured.statuses) {
        out += line("  %u: %llu\n", status, static_cast<unsigned long long>(count));
    }
    out += line("%llu connections failed, %llu timeouts, %llu requests could not be sent in time\n",
                static_cast<unsigned long long>(measured.failed_connections),
                static_cast<unsigned long long>(measured.timeouts),
                static_cast<unsigned long long>(measured.unsent));
    if (const std::optional<double> each = cost(measured.server_cpu, measured)) {
        out += line("%.3f ms of the server's processor time for each answer\n", *each);
    }
    if (const std::optional<double> each = cost(measured.generator_cpu, measured)) {
        out += line("%.3f ms of this program's\n", *each);
    }
    out += options.rate > 0 ? "latency from the time at which the request was due:\n"
                            : "latency from the time at which the request was sent:\n";
    for (const Quantile& quantile : kQuantiles) {
        out += line("  %-6s %10.3f ms\n", quantile.name,
                    milliseconds(percentile(measured.latencies, quantile.share)));
    }
    return out;
}

}  // namespace

std::chrono::nanoseconds percentile(const std::vector<std::chrono::nanoseconds>& sorted,
                                    double share) {
    if (sorted.empty()) return std::chrono::nanoseconds(0);
    const double rank = std::ceil(share * static_cast<double>(sorted.size()));
    const auto index = static_cast<std::size_t>(std::max(rank, 1.0)) - 1;
    return sorted[std::min(index, sorted.size() - 1)];
}

std::string report(const Options& options, Measured measured) {
    std::ranges::sort(measured.latencies);
    return options.as_json ? as_json(options, measured) : as_text(options, measured);
}

}  // namespace riptide::load
