#include "pool/latency_sum.h"

#include <algorithm>
#include <atomic>

namespace riptide {
namespace {

std::uint64_t read(const std::atomic<std::uint64_t>& counter) {
    return counter.load(std::memory_order_relaxed);
}

std::chrono::nanoseconds nanoseconds(std::uint64_t value) {
    return std::chrono::nanoseconds(static_cast<std::int64_t>(value));
}

}  // namespace

void LatencySum::add(const LatencyHistogram& histogram) {
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        const std::uint64_t count = read(histogram.buckets[i]);
        counts_[i] += count;
        count_ += count;
    }
    sum_ += read(histogram.sum);
    max_ = std::max(max_, read(histogram.max));
}

Distribution LatencySum::distribution() const {
    if (count_ == 0) return {};
    Distribution out;
    out.count = count_;
    out.sum = nanoseconds(sum_);
    out.mean = nanoseconds(sum_ / count_);
    out.p50 = quantile(0.50);
    out.p95 = quantile(0.95);
    out.p99 = quantile(0.99);
    out.max = nanoseconds(max_);
    std::uint64_t seen = 0;
    std::size_t bucket = 0;
    for (std::size_t i = 0; i < kTimeBounds.size(); ++i) {
        const std::chrono::nanoseconds bound = kTimeBounds[i];
        while (bucket < counts_.size() && nanoseconds(LatencyBuckets::value(bucket)) <= bound) {
            seen += counts_[bucket++];
        }
        out.at_most[i] = seen;
    }
    return out;
}

std::chrono::nanoseconds LatencySum::quantile(double q) const {
    const auto rank = static_cast<std::uint64_t>(q * static_cast<double>(count_));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        seen += counts_[i];
        if (seen > rank) return nanoseconds(std::min(LatencyBuckets::value(i), max_));
    }
    return nanoseconds(max_);
}

}  // namespace riptide
