/// Counts what the requests of a pool come to.
#pragma once

#include <riptide/document.h>
#include <riptide/metrics.h>

#include <memory>
#include <optional>

#include "pool/latency_histogram.h"
#include "wasm/slot.h"

namespace riptide {

/// Written by all threads, each in a stripe of its own as far as there are enough, so that no two
/// processors wait for one cache line. Thread-safe.
class Recorder {
public:
    enum class Times : std::uint8_t { kMeasured, kIgnored };
    explicit Recorder(Times times);

    void accepted();
    /// How a request ended; once for each.
    void ended(const Result<Document>& result);
    void fell_back(FallbackReason reason);
    void waited(std::chrono::nanoseconds duration);
    void processed(std::chrono::nanoseconds duration);
    /// A guest was called.
    void called(const wasm::MemoryUse& use);
    void timed_out();

    /// The part of the metrics that is recorded here.
    [[nodiscard]] PerformanceMetrics metrics() const;
    /// The same without the distributions, which are a hundred times the work.
    [[nodiscard]] PerformanceMetrics counts() const;

private:
    using Counter = std::atomic<std::uint64_t>;
    static constexpr std::size_t kCacheLine = 64;
    static constexpr std::size_t kStripes = 16;

    struct alignas(kCacheLine) Stripe {
        Counter total, successful, empty, fallback, epoch_timeouts, peak_bytes, denied_growths;
        std::array<Counter, kErrorClasses> errors;
        std::array<Counter, kFallbackReasons> fallbacks;
        LatencyHistogram wait, processing;
    };

    Stripe& stripe();

    const Times times_;
    std::unique_ptr<std::array<Stripe, kStripes>> stripes_;
};

}  // namespace riptide
