/// The server's figures, as they are counted.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>

#include "io/http_figures.h"
#include "pool/latency_histogram.h"

namespace riptide::http {

/// Thread-safe, and never blocks.
class HttpCounters {
public:
    void answered(io::HttpRoute route, std::uint16_t status, std::chrono::nanoseconds duration);
    void refused(io::HttpRefusal refusal) { add(refused_, refusal); }
    void timed_out(io::HttpTimeout timeout) { add(timeouts_, timeout); }
    void batch_line(io::BatchLine line) { add(batch_lines_, line); }
    void disconnected() { add(disconnects_); }
    void received(std::uint64_t bytes) { received_.fetch_add(bytes, kRelaxed); }
    void sent(std::uint64_t bytes) { sent_.fetch_add(bytes, kRelaxed); }

    void connection_accepted() {
        add(accepted_);
        open_.fetch_add(1);
    }
    void connection_closed() { open_.fetch_sub(1); }
    [[nodiscard]] std::uint32_t open_connections() const { return open_.load(); }

    void request_began() { in_flight_.fetch_add(1, kRelaxed); }
    void request_ended() { in_flight_.fetch_sub(1, kRelaxed); }

    [[nodiscard]] io::HttpFigures figures() const;

private:
    using Counter = std::atomic<std::uint64_t>;
    static constexpr auto kRelaxed = std::memory_order_relaxed;
    static void add(Counter& counter) { counter.fetch_add(1, kRelaxed); }
    template <std::size_t n, typename Enum>
    static void add(std::array<Counter, n>& counters, Enum value) {
        add(counters[static_cast<std::size_t>(value)]);
    }

    std::array<std::array<Counter, io::kHttpStatusClasses>, io::kHttpRoutes> requests_{};
    std::array<LatencyHistogram, io::kHttpRoutes> durations_{};
    std::array<Counter, io::kHttpRefusals> refused_{};
    std::array<Counter, io::kHttpTimeouts> timeouts_{};
    std::array<Counter, io::kBatchLines> batch_lines_{};
    Counter accepted_{0}, disconnects_{0}, received_{0}, sent_{0};
    std::atomic<std::uint32_t> open_{0}, in_flight_{0};
};

}  // namespace riptide::http
