#include "pool/admission.h"

#include <string>

#include "sys/futex.h"

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

/// A thread that waits. Whoever ends the wait touches it no more then, so it may go at once.
class BlockedWaiter final : public Admission::Waiter {
public:
    void decided(Verdict verdict) override {
        const auto* const state = &state_;
        state_.store(kDecided + static_cast<std::uint32_t>(verdict), std::memory_order_release);
        sys::wake_one(state);
    }

    void give_up() {
        std::uint32_t expected = kWaits;
        if (state_.compare_exchange_strong(expected, kGaveUp)) sys::wake_one(&state_);
    }

    /// The verdict; none when the deadline passed or the caller gave up first.
    std::optional<Verdict> wait() {
        while (state() == kWaits && !deadline.passed(Deadline::Clock::now())) {
            sys::sleep_while(state_, kWaits, deadline);
        }
        return state() < kDecided ? std::nullopt : std::optional(verdict());
    }

    /// A verdict that is on its way.
    Verdict wait_for_verdict() {
        for (auto seen = state(); seen < kDecided; seen = state()) {
            sys::sleep_while(state_, seen, Deadline::never());
        }
        return verdict();
    }

private:
    static constexpr std::uint32_t kWaits = 0;
    static constexpr std::uint32_t kGaveUp = 1;
    static constexpr std::uint32_t kDecided = 2;  ///< And more, by the verdict.

    [[nodiscard]] std::uint32_t state() const { return state_.load(std::memory_order_acquire); }
    [[nodiscard]] Verdict verdict() const { return static_cast<Verdict>(state() - kDecided); }

    std::atomic<std::uint32_t> state_{kWaits};
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

Admission::State Admission::state() {
    const std::lock_guard lock(mutex_);
    return {queue_.granted(), queue_.waiting(), queue_.expected_wait(),
            queue_.held(Deadline::Clock::now())};
}

void Admission::release(TimePoint granted) {
    const TimePoint now = Deadline::Clock::now();
    auto* next = change([&] { return queue_.release(granted, now); });
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
