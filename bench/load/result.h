/// What a load came to.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "load/options.h"

namespace riptide::load {

struct Measured {
    std::vector<std::chrono::nanoseconds> latencies;  ///< Of all answers, in any order.
    std::map<unsigned, std::uint64_t> statuses;
    std::uint64_t failed_connections = 0;  ///< Closed or reset without an answer, or refused.
    std::uint64_t timeouts = 0;
    std::uint64_t unsent = 0;  ///< Were due and had no free connection until the end.
    std::chrono::nanoseconds elapsed{0};
    /// Processor time that the server's process took meanwhile, where it is known, and this one.
    std::optional<std::chrono::nanoseconds> server_cpu;
    std::chrono::nanoseconds generator_cpu{0};
};

/// The nearest-rank percentile of sorted values: exact, never interpolated. `share` is from 0 to 1;
/// 0 ns without values.
std::chrono::nanoseconds percentile(const std::vector<std::chrono::nanoseconds>& sorted,
                                    double share);

/// A table for people or an object for programs.
std::string report(const Options& options, Measured measured);

}  // namespace riptide::load
