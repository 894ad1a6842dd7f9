#include "wasm/ticker.h"

#include <algorithm>

#include "wasm/interrupt.h"

namespace riptide::wasm {
namespace {

/// How soon a guest is interrupted again that must stop and was busy with the host's part.
constexpr std::chrono::microseconds kInsistence{50};

}  // namespace

Result<std::unique_ptr<Ticker>> Ticker::start() {
    std::unique_ptr<Ticker> ticker(new Ticker);
    auto thread = sys::Thread::start("riptide-ticker", [self = ticker.get()] { self->run(); });
    if (!thread) return tl::unexpected(std::move(thread.error()));
    ticker->thread_ = std::move(*thread);
    return ticker;
}

Ticker::~Ticker() {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    stopped_.notify_one();
}

void Ticker::run() {
    auto next_tick = std::chrono::steady_clock::now() + kPeriod;
    auto next_look = next_tick;
    std::unique_lock lock(mutex_);
    while (!stopped_.wait_until(lock, next_look, [this] { return stop_; })) {
        const auto now = std::chrono::steady_clock::now();
        const bool on_tick = now >= next_tick;
        if (on_tick) {
            last_tick_.store(now.time_since_epoch().count(), std::memory_order_relaxed);
            next_tick = now + kPeriod;
        }
        next_look =
            interrupt_due(now, on_tick) ? std::min(next_tick, now + kInsistence) : next_tick;
    }
}

}  // namespace riptide::wasm
