/// A histogram of times that many threads write.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace riptide {

/// Buckets in the manner of HdrHistogram (G. Tene): each power of two of nanoseconds is divided
/// into eight, so a bucket is at most 1/8 wide.
struct LatencyBuckets {
    static constexpr unsigned kSubBits = 3;
    static constexpr std::size_t kCount = (64 - kSubBits + 1) << kSubBits;

    static std::size_t index(std::uint64_t nanoseconds) {
        if (nanoseconds < (1U << kSubBits)) return nanoseconds;
        const unsigned shift = static_cast<unsigned>(std::bit_width(nanoseconds)) - 1 - kSubBits;
        return (std::size_t{shift} << kSubBits) + (nanoseconds >> shift);
    }
    /// The middle of the bucket.
    static std::uint64_t value(std::size_t index) {
        if (index < (2U << kSubBits)) return index;
        const unsigned shift = static_cast<unsigned>(index >> kSubBits) - 1;
        const std::uint64_t mantissa = (index & ((1U << kSubBits) - 1)) | (1U << kSubBits);
        return (mantissa << shift) + (std::uint64_t{1} << shift) / 2;
    }
};

/// Any number of writers; a reader sees a state that is at most a few records old.
struct LatencyHistogram {
    void record(std::chrono::nanoseconds duration) {
        const auto value = static_cast<std::uint64_t>(duration.count() < 0 ? 0 : duration.count());
        buckets[LatencyBuckets::index(value)].fetch_add(1, std::memory_order_relaxed);
        sum.fetch_add(value, std::memory_order_relaxed);
        std::uint64_t seen = max.load(std::memory_order_relaxed);
        while (value > seen && !max.compare_exchange_weak(seen, value, std::memory_order_relaxed)) {
        }
    }

    std::array<std::atomic<std::uint64_t>, LatencyBuckets::kCount> buckets{};
    std::atomic<std::uint64_t> sum{0};
    std::atomic<std::uint64_t> max{0};
};

}  // namespace riptide
