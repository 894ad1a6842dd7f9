#include "pool/health_watch.h"

#include <algorithm>

namespace riptide {
namespace {

using Clock = std::chrono::steady_clock;

/// The breaker may want a probe sooner than it said, so it is asked this often.
constexpr std::chrono::seconds kBreakerCheck{1};

}  // namespace

HealthWatch::HealthWatch(std::chrono::milliseconds interval, Guard& guard, TakeSample take_sample)
    : interval_(interval),
      guard_(guard),
      take_sample_(std::move(take_sample)),
      monitor_(take_sample_()) {}

Result<std::unique_ptr<HealthWatch>> HealthWatch::start(std::chrono::milliseconds interval,
                                                        Guard& guard, TakeSample take_sample) {
    std::unique_ptr<HealthWatch> watch(new HealthWatch(interval, guard, std::move(take_sample)));
    auto thread = sys::Thread::start("riptide-health", [self = watch.get()] { self->watch(); });
    if (!thread) return tl::unexpected(std::move(thread.error()));
    watch->thread_ = std::move(*thread);
    return watch;
}

HealthWatch::~HealthWatch() {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    changed_.notify_one();
}

PoolHealthStatus HealthWatch::peek() const {
    const std::lock_guard lock(mutex_);
    PoolSample sample = take_sample_();
    sample.canary = last_canary_;
    return monitor_.peek(sample);
}

void HealthWatch::watch() {
    Clock::time_point next_record = Clock::now() + interval_;
    std::unique_lock lock(mutex_);
    while (!stop_) {
        Clock::time_point wake = std::min(next_record, Clock::now() + kBreakerCheck);
        const auto probe = guard_.breaker().next_event(Clock::now());
        if (probe) wake = std::min(wake, *probe);
        changed_.wait_until(lock, wake, [this] { return stop_; });
        if (stop_) return;
        lock.unlock();
        guard_.probe();
        if (Clock::now() >= next_record) {
            record();
            next_record = Clock::now() + interval_;
        }
        lock.lock();
    }
}

PoolHealthStatus HealthWatch::record() {
    const CanaryResult canary =
        guard_.canary_passes() ? CanaryResult::kPassed : CanaryResult::kFailed;
    const std::lock_guard lock(mutex_);
    last_canary_ = canary;
    PoolSample sample = take_sample_();
    sample.canary = canary;
    return monitor_.record(sample);
}

}  // namespace riptide
