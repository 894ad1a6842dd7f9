/// Looks after a pool in the background: probes of the breaker, records of the health.
#pragma once

#include <riptide/health.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

#include "pool/guard.h"
#include "pool/health.h"
#include "sys/thread.h"

namespace riptide {

/// A thread that gives the breaker its canary probes, also when no requests come, and records the
/// pool's health at an interval. Thread-safe.
class HealthWatch {
public:
    /// What the pool measures of itself now, but for the canary.
    using TakeSample = std::function<PoolSample()>;

    /// `guard` and what `take_sample` uses outlive the watch.
    /// Error: `kEngineStart`, without a thread.
    static Result<std::unique_ptr<HealthWatch>> start(std::chrono::milliseconds interval,
                                                      Guard& guard, TakeSample take_sample);
    ~HealthWatch();
    HealthWatch(const HealthWatch&) = delete;
    HealthWatch& operator=(const HealthWatch&) = delete;

    /// The health now, without a trace in the record.
    [[nodiscard]] PoolHealthStatus peek() const;
    /// A canary extraction, and the health with it, which joins the record.
    PoolHealthStatus record();

private:
    HealthWatch(std::chrono::milliseconds interval, Guard& guard, TakeSample take_sample);
    void watch();

    const std::chrono::milliseconds interval_;
    Guard& guard_;
    const TakeSample take_sample_;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool stop_ = false;                                 // guarded by mutex_
    HealthMonitor monitor_;                             // guarded by mutex_
    CanaryResult last_canary_ = CanaryResult::kNotRun;  // guarded by mutex_

    std::unique_ptr<sys::Thread> thread_;  // last: works on all of the above
};

}  // namespace riptide
