/// Latency histograms, added up.
#pragma once

#include <riptide/metrics.h>

#include <chrono>
#include <cstdint>
#include <vector>

#include "pool/latency_histogram.h"

namespace riptide {

/// For one thread; the histograms may be written to meanwhile.
class LatencySum {
public:
    void add(const LatencyHistogram& histogram);
    [[nodiscard]] Distribution distribution() const;
    /// The time that a share of `q` (0 to 1) did not exceed, within 7 %; 0 without records.
    [[nodiscard]] std::chrono::nanoseconds quantile(double q) const;

private:
    std::vector<std::uint64_t> counts_ = std::vector<std::uint64_t>(LatencyBuckets::kCount);
    std::uint64_t count_ = 0;
    std::uint64_t sum_ = 0;
    std::uint64_t max_ = 0;
};

}  // namespace riptide
