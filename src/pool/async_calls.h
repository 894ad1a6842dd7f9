/// Calls that block nobody: they wait in the gate, and run on threads of the pool.
#pragma once

#include <riptide/instance_pool.h>

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "pool/admission.h"
#include "pool/turns.h"
#include "sys/thread.h"

namespace riptide {

/// Thread-safe. Every call is answered exactly once: those that got a permit by one of the workers,
/// the others at once by a thread that does nothing else. The threads are started by the first
/// call; where the system has too few, the next one tries again. Calls with a permit take turns on
/// the processors, in the order in which they got it; one whose deadline passes or whose stop is
/// requested meanwhile is refused by the next worker that is idle. A worker keeps its call until it
/// is answered, which may be after the permit is given back: with fewer workers than calls at work,
/// that worker may be long in coming.
class AsyncCalls {
public:
    /// Extracts a page whose permit is at hand.
    using Run =
        std::function<Result<Document>(const Request& request, Deadline deadline,
                                       const std::stop_token& stop, Admission::Permit permit)>;
    /// Makes the answer of a call that is refused.
    using Refuse = std::function<Result<Document>(Error error)>;

    /// `gate` outlives the calls. There may be fewer workers, but never none.
    AsyncCalls(Admission& gate, std::uint32_t workers, Turns::Limits turns, Run run, Refuse refuse);
    /// Every call has been answered by then.
    ~AsyncCalls();
    AsyncCalls(const AsyncCalls&) = delete;
    AsyncCalls& operator=(const AsyncCalls&) = delete;

    void start(OwnedRequest request, Deadline deadline, std::stop_token stop,
               InstancePool::Done done);

private:
    class Call;
    using TimePoint = Turns::TimePoint;

    /// First in, first out.
    class Lane {
    public:
        void close();

    protected:
        /// After a change: lets the mutex go, and wakes one who sleeps.
        void tell(std::unique_lock<std::mutex> lock);
        /// Lets the mutex go until something changes or the deadline passes.
        void sleep(std::unique_lock<std::mutex>& lock, Deadline deadline);

        std::mutex mutex_;
        std::deque<std::shared_ptr<Call>> calls_;  // guarded by mutex_
        bool closed_ = false;                      // guarded by mutex_

    private:
        std::atomic<std::uint32_t> changes_{0};
        std::uint32_t sleepers_ = 0;  // guarded by mutex_
    };

    /// Those with a permit.
    class Granted : public Lane {
    public:
        explicit Granted(Turns::Limits limits) : turns_(limits) {}
        void push(std::shared_ptr<Call> call);
        /// Ends the worker's turn, if it had one, and waits for the next call and a turn for it;
        /// null when there will be none.
        std::shared_ptr<Call> next(std::optional<TimePoint>& turn);
        /// A stop was requested of one of the calls.
        void look();

    private:
        /// The next call, if its turn has come or it needs none.
        std::shared_ptr<Call> take(std::optional<TimePoint>& turn);
        /// When `take` may succeed without anybody's doing.
        [[nodiscard]] Deadline next_look() const;

        Turns turns_;  // guarded by mutex_
        /// A worker sleeps no longer than until then; guarded by mutex_.
        Deadline watched_until_ = Deadline::never();
    };

    /// Those to be refused.
    class Refused : public Lane {
    public:
        void push(std::shared_ptr<Call> call);
        /// The next call; null when there is none by `until`, or ever.
        std::shared_ptr<Call> pop(Deadline until);
        [[nodiscard]] bool is_done();
        /// Ends a `pop` that would wait longer than until then.
        void hurry(Deadline until);

    private:
        /// Until when `pop` waits, now or the next time; guarded by mutex_.
        Deadline waits_until_ = Deadline::never();
    };

    /// Error: `kEngineStart`, without the two threads that there must be.
    Result<void> start_threads();
    void decided(std::shared_ptr<Call> call, Admission::Verdict verdict);
    void work();
    Result<Document> serve(Call& call);
    void answer_refused();

    Admission& gate_;
    const std::uint32_t workers_;
    const Run run_;
    const Refuse refuse_;
    Granted granted_;
    Refused refused_;
    std::atomic<bool> has_all_threads_{false};
    std::mutex threads_mutex_;
    std::vector<std::unique_ptr<sys::Thread>> threads_;  // last: work on all of the above
};

}  // namespace riptide
