/// The gate of the pool: a FIFO-fair semaphore whose waits are bounded.
#pragma once

#include <riptide/deadline.h>
#include <riptide/error.h>

#include <atomic>
#include <cstddef>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

#include "pool/admission_queue.h"

namespace riptide {

/// Thread-safe. Whoever enters gets exactly one verdict. Those that are refused at once take no
/// lock, so that they do not keep others from being served, however many they are.
class Admission {
public:
    using TimePoint = Deadline::Clock::time_point;

    enum class Verdict {
        kGranted,    ///< A permit.
        kFull,       ///< The queue has no place left.
        kHopeless,   ///< The expected wait exceeds the deadline.
        kExpired,    ///< The deadline passed before or during the wait.
        kCancelled,  ///< The caller gave up.
        kClosed,     ///< The pool is shutting down.
    };

    /// The right to run, given back when it goes; goes before the gate does.
    class Permit {
    public:
        Permit(Permit&& other) noexcept
            : gate_(std::exchange(other.gate_, nullptr)),
              entered_(other.entered_),
              granted_(other.granted_),
              since_(other.since_) {}
        Permit& operator=(Permit&&) = delete;
        ~Permit() {
            if (gate_ != nullptr) gate_->release(granted_);
        }

        /// When its owner began to use it.
        [[nodiscard]] TimePoint since() const { return since_; }
        /// From the gate until then.
        [[nodiscard]] Deadline::Duration waited() const { return since_ - entered_; }

    private:
        friend class Admission;
        Permit(Admission& gate, const AdmissionQueue::Waiter& waiter)
            : gate_(&gate),
              entered_(waiter.entered),
              granted_(waiter.granted),
              since_(Deadline::Clock::now()) {}
        Admission* gate_;
        TimePoint entered_;
        TimePoint granted_;
        TimePoint since_;
    };

    /// One who waits without blocking a thread; stays where it is until its verdict.
    class Waiter : public AdmissionQueue::Waiter {
    public:
        virtual ~Waiter() = default;
        /// The verdict after a wait. Called once, by the thread that caused it, which it must not
        /// keep: brief.
        virtual void decided(Verdict verdict) = 0;
    };

    explicit Admission(AdmissionQueue::Limits limits) : queue_(limits) {}
    Admission(const Admission&) = delete;
    Admission& operator=(const Admission&) = delete;

    /// Waits for a permit until the deadline, a stop request or `evict`. Errors: those of
    /// `refusal`.
    Result<Permit> acquire(Deadline deadline, const std::stop_token& stop);

    /// The verdict, or none yet: then the waiter is queued, and `decided` will be called, unless
    /// `withdraw` succeeds.
    std::optional<Verdict> enter(Waiter& waiter);
    /// Takes a waiter out of the queue; false when its verdict was faster.
    bool withdraw(Waiter& waiter);
    /// The permit of a waiter whose verdict is `kGranted`.
    Permit adopt(const Waiter& waiter) { return {*this, waiter}; }
    /// `kOverloaded`, `kDeadlineExceeded` or `kCancelled`, for any verdict but `kGranted`.
    [[nodiscard]] Error refusal(Verdict verdict) const;

    /// Decides those whose deadline has passed; says when to call again.
    Deadline expire(TimePoint now);
    /// Refuses all who come from now on.
    void close();
    /// Refuses all who wait.
    void evict();

    struct State {
        std::uint32_t granted;
        std::uint32_t waiting;
        Deadline::Duration expected_wait;
        Deadline::Duration held;  ///< How long permits were held, all together.
    };
    [[nodiscard]] State state();

private:
    void release(TimePoint granted);
    /// Makes a change of the queue, which others then see; returns what `make` does.
    template <class Make>
    auto change(Make make);
    /// With the mutex, after each change of the queue.
    void publish_outlook();

    static constexpr std::size_t kCacheLine = 64;
    /// That of the queue; of no wait once closed. On a line of its own: who is served does not
    /// disturb it, nor do those that read it disturb who is served.
    alignas(kCacheLine) std::atomic<Deadline::Duration> outlook_{Deadline::Duration::zero()};
    alignas(kCacheLine) std::mutex mutex_;
    bool closed_ = false;   // guarded by mutex_
    AdmissionQueue queue_;  // guarded by mutex_
};

}  // namespace riptide
