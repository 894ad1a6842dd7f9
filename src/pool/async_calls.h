/// Calls that block nobody: they wait in the gate, and run on threads of the pool.
#pragma once

#include <riptide/instance_pool.h>

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "pool/admission.h"
#include "sys/thread.h"

namespace riptide {

/// Thread-safe. Every call is answered exactly once: those that got a permit by one of the workers,
/// the others at once by a thread that does nothing else. A worker keeps its call until it is
/// answered, which may be after the permit is given back. So a call that got one waits again only
/// where there are more such calls than workers beyond the permits; when its deadline has passed or
/// a stop was requested by the time a worker comes to it, it is refused.
class AsyncCalls {
public:
    /// Extracts a page whose permit is at hand.
    using Run =
        std::function<Result<Document>(const Request& request, Deadline deadline,
                                       const std::stop_token& stop, Admission::Permit permit)>;
    /// Makes the answer of a call that is refused.
    using Refuse = std::function<Result<Document>(Error error)>;

    /// `gate` outlives the calls.
    AsyncCalls(Admission& gate, std::uint32_t workers, Run run, Refuse refuse);
    /// Every call has been answered by then.
    ~AsyncCalls();
    AsyncCalls(const AsyncCalls&) = delete;
    AsyncCalls& operator=(const AsyncCalls&) = delete;

    void start(OwnedRequest request, Deadline deadline, std::stop_token stop,
               InstancePool::Done done);

private:
    class Call;
    /// First in, first out.
    class Lane {
    public:
        void push(std::shared_ptr<Call> call);
        void close();
        /// The next call; null when there is none by `until`, or ever.
        std::shared_ptr<Call> pop(Deadline until);
        [[nodiscard]] bool is_done();
        /// Ends a `pop` that would wait longer than until then.
        void hurry(Deadline until);

    private:
        /// After a change: lets the mutex go, and wakes one who sleeps.
        void tell(std::unique_lock<std::mutex> lock);

        std::atomic<std::uint32_t> changes_{0};
        std::mutex mutex_;
        std::deque<std::shared_ptr<Call>> calls_;  // guarded by mutex_
        bool closed_ = false;                      // guarded by mutex_
        std::uint32_t sleepers_ = 0;               // guarded by mutex_
        /// Until when `pop` waits, now or the next time; guarded by mutex_.
        Deadline waits_until_ = Deadline::never();
    };

    void decided(std::shared_ptr<Call> call, Admission::Verdict verdict);
    void work();
    Result<Document> serve(Call& call);
    void answer_refused();

    Admission& gate_;
    const Run run_;
    const Refuse refuse_;
    Lane granted_;
    Lane refused_;
    std::vector<std::unique_ptr<sys::Thread>> threads_;  // last: work on all of the above
};

}  // namespace riptide
