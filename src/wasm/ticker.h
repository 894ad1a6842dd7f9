/// The thread that looks after running guests.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "sys/thread.h"

namespace riptide::wasm {

/// A thread that interrupts guests that are due (wasm/interrupt.h), once a millisecond. The
/// destructor joins.
class Ticker {
public:
    static constexpr std::chrono::milliseconds kPeriod{1};

    /// Error: `kEngineStart`, without a thread.
    static Result<std::unique_ptr<Ticker>> start();
    ~Ticker();
    Ticker(const Ticker&) = delete;
    Ticker& operator=(const Ticker&) = delete;

    /// When it last ticked: long ago means that it is stuck, or gets no processor.
    [[nodiscard]] std::chrono::steady_clock::time_point last_tick() const {
        return std::chrono::steady_clock::time_point(
            std::chrono::steady_clock::duration(last_tick_.load(std::memory_order_relaxed)));
    }

private:
    Ticker() = default;
    void run();

    std::mutex mutex_;
    bool stop_ = false;  // guarded by mutex_
    std::condition_variable stopped_;
    std::atomic<std::chrono::steady_clock::rep> last_tick_{
        std::chrono::steady_clock::now().time_since_epoch().count()};
    std::unique_ptr<sys::Thread> thread_;  // last: works on all of the above
};

}  // namespace riptide::wasm
