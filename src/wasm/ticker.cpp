#include "wasm/ticker.h"

#include <wasmtime.h>

namespace riptide::wasm {

Ticker::Ticker(wasm_engine_t& engine)
    : engine_(engine),
      last_tick_(std::chrono::steady_clock::now().time_since_epoch().count()),
      thread_("riptide-ticker", [this] { run(); }) {}

Ticker::~Ticker() {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    stopped_.notify_one();
}

std::uint64_t Ticker::ticks_for(std::chrono::nanoseconds duration) {
    const auto whole = std::chrono::ceil<std::chrono::milliseconds>(duration);
    return static_cast<std::uint64_t>(whole / kPeriod) + 1;
}

void Ticker::run() {
    auto next = std::chrono::steady_clock::now() + kPeriod;
    std::unique_lock lock(mutex_);
    while (!stopped_.wait_until(lock, next, [this] { return stop_; })) {
        wasmtime_engine_increment_epoch(&engine_);
        last_tick_.store(next.time_since_epoch().count(), std::memory_order_relaxed);
        next += kPeriod;
    }
}

}  // namespace riptide::wasm
