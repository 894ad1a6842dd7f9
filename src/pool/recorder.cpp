#include "pool/recorder.h"

#include <algorithm>

#include "pool/latency_sum.h"

namespace riptide {
namespace {

void increment(std::atomic<std::uint64_t>& counter) {
    counter.fetch_add(1, std::memory_order_relaxed);
}

void raise(std::atomic<std::uint64_t>& maximum, std::uint64_t value) {
    std::uint64_t seen = maximum.load(std::memory_order_relaxed);
    while (value > seen && !maximum.compare_exchange_weak(seen, value, std::memory_order_relaxed)) {
    }
}

std::uint64_t read(const std::atomic<std::uint64_t>& counter) {
    return counter.load(std::memory_order_relaxed);
}

}  // namespace

Recorder::Recorder(Times times)
    : times_(times), stripes_(std::make_unique<std::array<Stripe, kStripes>>()) {}

Recorder::Stripe& Recorder::stripe() {
    static std::atomic<std::size_t> threads{0};
    thread_local const std::size_t kMine = threads.fetch_add(1, std::memory_order_relaxed);
    return (*stripes_)[kMine % kStripes];
}

void Recorder::accepted() { increment(stripe().total); }

void Recorder::ended(const Result<Document>& result) {
    Stripe& mine = stripe();
    if (!result) {
        increment(mine.errors[static_cast<std::size_t>(result.error().error_class)]);
    } else if (!result->fallback_reason.empty()) {
        increment(mine.fallback);
    } else {
        increment(mine.successful);
        if (result->status == Status::kEmpty) increment(mine.empty);
    }
}

void Recorder::fell_back(FallbackReason reason) {
    increment(stripe().fallbacks[static_cast<std::size_t>(reason)]);
}

void Recorder::waited(std::chrono::nanoseconds duration) {
    if (times_ == Times::kMeasured) stripe().wait.record(duration);
}

void Recorder::processed(std::chrono::nanoseconds duration) {
    if (times_ == Times::kMeasured) stripe().processing.record(duration);
}

void Recorder::called(const wasm::MemoryUse& use) {
    Stripe& mine = stripe();
    raise(mine.peak_bytes, use.peak_bytes);
    if (use.denied_growths > 0) {
        mine.denied_growths.fetch_add(use.denied_growths, std::memory_order_relaxed);
    }
}

void Recorder::timed_out() { increment(stripe().epoch_timeouts); }

PerformanceMetrics Recorder::counts() const {
    PerformanceMetrics out;
    std::uint64_t peak_bytes = 0;
    for (const Stripe& stripe : *stripes_) {
        // Ends before beginnings, so that no sum shows more ends than requests.
        out.successful_extractions += read(stripe.successful);
        out.empty_extractions += read(stripe.empty);
        out.fallback_extractions += read(stripe.fallback);
        for (std::size_t i = 0; i < kErrorClasses; ++i) out.errors[i] += read(stripe.errors[i]);
        for (std::size_t i = 0; i < kFallbackReasons; ++i) {
            out.fallbacks[i] += read(stripe.fallbacks[i]);
        }
        out.epoch_timeouts += read(stripe.epoch_timeouts);
        out.wasm_grow_failed_total += read(stripe.denied_growths);
        peak_bytes = std::max(peak_bytes, read(stripe.peak_bytes));
    }
    for (const Stripe& stripe : *stripes_) out.total_extractions += read(stripe.total);
    out.shed_extractions = out.errors[static_cast<std::size_t>(ErrorClass::kOverloaded)];
    for (const std::uint64_t count : out.errors) out.failed_extractions += count;
    out.failed_extractions -= out.shed_extractions;
    out.wasm_peak_memory_pages = (peak_bytes + kWasmPage.count - 1) / kWasmPage.count;
    return out;
}

PerformanceMetrics Recorder::metrics() const {
    PerformanceMetrics out = counts();
    LatencySum wait;
    LatencySum processing;
    for (const Stripe& stripe : *stripes_) {
        wait.add(stripe.wait);
        processing.add(stripe.processing);
    }
    out.wait = wait.distribution();
    out.processing = processing.distribution();
    return out;
}

}  // namespace riptide
