#include "pool/admission.h"

#include <condition_variable>
#include <string>

namespace riptide {
namespace {

using Verdict = Admission::Verdict;

Verdict verdict_of(AdmissionQueue::Answer answer) {
    switch (answer) {
        case AdmissionQueue::Answer::kFull:
            return Verdict::kFull;
        case AdmissionQueue::Answer::kHopeless:
            return Verdict::kHopeless;
        case AdmissionQueue::Answer::kLate:
            return Verdict::kExpired;
        default:
            return Verdict::kGranted;
    }
}

/// A thread that waits.
class BlockedWaiter final : public Admission::Waiter {
public:
    /// Notifies with the mutex locked, so that the waiter cannot go before this is done.
    void decided(Verdict verdict) override {
        const std::lock_guard lock(mutex_);
        verdict_ = verdict;
        is_decided_ = true;
        changed_.notify_one();
    }

    void give_up() {
        const std::lock_guard lock(mutex_);
        gave_up_ = true;
        changed_.notify_one();
    }

    /// The verdict; none when the deadline passed or the caller gave up first.
    std::optional<Verdict> wait() {
        std::unique_lock lock(mutex_);
        const auto done = [this] { return is_decided_ || gave_up_; };
        if (deadline.is_never()) {
            changed_.wait(lock, done);
        } else {
            changed_.wait_until(lock, deadline.time(), done);
        }
        return is_decided_ ? std::optional(verdict_) : std::nullopt;
    }

    /// A verdict that is on its way.
    Verdict wait_for_verdict() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return is_decided_; });
        return verdict_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    Verdict verdict_ = Verdict::kExpired;  // once `is_decided_`
    bool is_decided_ = false;
    bool gave_up_ = false;
};

}  // namespace

Result<Admission::Permit> Admission::acquire(Deadline deadline, const std::stop_token& stop) {
    BlockedWaiter waiter;
    waiter.deadline = deadline;
    if (stop.stop_requested()) return tl::unexpected(refusal(Verdict::kCancelled));
    std::optional<Verdict> verdict = enter(waiter);
    if (!verdict) {
        const std::stop_callback on_stop(stop, [&waiter] { waiter.give_up(); });
        verdict = waiter.wait();
        if (!verdict) {
            const bool is_out = withdraw(waiter);
            verdict = !is_out                 ? waiter.wait_for_verdict()
                      : stop.stop_requested() ? Verdict::kCancelled
                                              : Verdict::kExpired;
        }
    }
    if (*verdict == Verdict::kGranted) return adopt(waiter);
    return tl::unexpected(refusal(*verdict));
}

template <class Make>
auto Admission::change(Make make) {
    const std::lock_guard lock(mutex_);
    const auto made = make();
    publish_outlook();
    return made;
}

std::optional<Verdict> Admission::enter(Waiter& waiter) {
    const TimePoint now = Deadline::Clock::now();
    const Deadline::Duration outlook = outlook_.load(std::memory_order_relaxed);
    if (const auto refused = AdmissionQueue::refusal(outlook, waiter.deadline, now)) {
        return verdict_of(*refused);
    }
    const std::lock_guard lock(mutex_);
    if (closed_) return Verdict::kClosed;
    const AdmissionQueue::Answer answer = queue_.enter(waiter, now);
    publish_outlook();
    if (answer == AdmissionQueue::Answer::kQueued) return std::nullopt;
    return verdict_of(answer);
}

bool Admission::withdraw(Waiter& waiter) {
    return change([&] { return queue_.remove(waiter); });
}

Error Admission::refusal(Verdict verdict) const {
    switch (verdict) {
        case Verdict::kFull:
            return {ErrorClass::kOverloaded, "all instances are busy, and the queue of " +
                                                 std::to_string(queue_.limits().queue_length) +
                                                 " requests is full"};
        case Verdict::kExpired:
            return {ErrorClass::kDeadlineExceeded, "no instance was free before the deadline"};
        case Verdict::kCancelled:
            return {ErrorClass::kCancelled, "the caller gave up"};
        case Verdict::kClosed:
            return {ErrorClass::kOverloaded, "the pool is shutting down"};
        default:
            return {ErrorClass::kOverloaded,
                    "all instances are busy, and none is expected to be free before the deadline"};
    }
}

Deadline Admission::expire(TimePoint now) {
    Deadline next = Deadline::never();
    const auto pop = [&] {
        auto* waiter = queue_.pop_expired(now);
        next = queue_.next_expiry();
        return waiter;
    };
    while (auto* waiter = change(pop)) static_cast<Waiter*>(waiter)->decided(Verdict::kExpired);
    return next;
}

void Admission::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    publish_outlook();
}

void Admission::evict() {
    while (auto* waiter = change([&] { return queue_.pop_any(); })) {
        static_cast<Waiter*>(waiter)->decided(Verdict::kClosed);
    }
}

Admission::State Admission::state() const {
    const std::lock_guard lock(mutex_);
    return {queue_.granted(), queue_.waiting(), queue_.expected_wait()};
}

void Admission::release(TimePoint since) {
    const auto held = Deadline::Clock::now() - since;
    auto* next = change([&] { return queue_.release(held); });
    // Without the lock: who wakes another is often descheduled in its favour.
    if (next != nullptr) static_cast<Waiter*>(next)->decided(Verdict::kGranted);
}

void Admission::publish_outlook() {
    const auto outlook = closed_ ? Deadline::Duration::zero() : queue_.outlook();
    // Written only when it changes, so that other cores keep the line.
    if (outlook_.load(std::memory_order_relaxed) == outlook) return;
    outlook_.store(outlook, std::memory_order_relaxed);
}

}  // namespace riptide
