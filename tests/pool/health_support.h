/// Samples of a pool that does as a test says.
#pragma once

#include <chrono>
#include <cstdint>

#include "pool/health.h"

namespace riptide {

/// A pool of eight instances with 800 MiB, watched once every 30 s.
class WatchedPool {
public:
    static constexpr std::chrono::seconds kInterval{30};

    static PoolSample start() {
        PoolSample sample;
        sample.at = std::chrono::steady_clock::time_point(std::chrono::seconds(1000));
        sample.max_instances = 8;
        sample.available_instances = 8;
        sample.memory.allowed = Bytes::mib(800);
        return sample;
    }

    void pass(std::chrono::nanoseconds time) { sample.at += time; }
    /// Calls that end, none of which takes an instance's time.
    void end_calls(std::uint64_t successful, std::uint64_t failed) {
        sample.successful += successful;
        sample.failed += failed;
    }
    void commit_percent(std::uint64_t percent) {
        sample.memory.committed = Bytes::mib(8 * percent);
    }

    /// An interval with that mean utilisation, at the end of which the pool is checked.
    PoolHealthStatus check(double utilization = 0) {
        pass(kInterval);
        sample.busy +=
            std::chrono::duration_cast<std::chrono::nanoseconds>(kInterval * (8 * utilization));
        return monitor.record(sample);
    }

    PoolSample sample = start();
    HealthMonitor monitor{sample};
};

}  // namespace riptide
