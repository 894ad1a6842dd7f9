/// The clock of epoch deadlines.
#pragma once

#include <wasm.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "sys/thread.h"

namespace riptide::wasm {

/// A thread that advances an engine's epoch once a millisecond, on the steady clock: after a stall
/// it makes up for the ticks it missed, so a deadline in ticks is one in milliseconds. The
/// destructor joins.
class Ticker {
public:
    static constexpr std::chrono::milliseconds kPeriod{1};

    /// `engine` must outlive the ticker.
    explicit Ticker(wasm_engine_t& engine);
    ~Ticker();
    Ticker(const Ticker&) = delete;
    Ticker& operator=(const Ticker&) = delete;

    /// When it last ticked: long ago means that it is stuck, or gets no processor.
    [[nodiscard]] std::chrono::steady_clock::time_point last_tick() const {
        return std::chrono::steady_clock::time_point(
            std::chrono::steady_clock::duration(last_tick_.load(std::memory_order_relaxed)));
    }

    /// Ticks that surely last at least `duration`: a tick that has begun counts for nothing.
    static std::uint64_t ticks_for(std::chrono::nanoseconds duration);

private:
    void run();

    wasm_engine_t& engine_;
    std::mutex mutex_;
    bool stop_ = false;  // guarded by mutex_
    std::condition_variable stopped_;
    std::atomic<std::chrono::steady_clock::rep> last_tick_;
    sys::Thread thread_;  // last: works on all of the above
};

}  // namespace riptide::wasm
