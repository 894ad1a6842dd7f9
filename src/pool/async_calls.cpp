#include "pool/async_calls.h"

#include <algorithm>
#include <optional>

#include "sys/futex.h"

namespace riptide {

/// Keeps itself alive while it is in the gate.
class AsyncCalls::Call final : public Admission::Waiter, public std::enable_shared_from_this<Call> {
public:
    Call(AsyncCalls& owner, OwnedRequest request, std::stop_token stop, InstancePool::Done done)
        : owner_(owner),
          page_(std::move(request)),
          stop_(std::move(stop)),
          done_(std::move(done)) {}

    void decided(Admission::Verdict given) override { owner_.decided(std::move(self_), given); }

    /// Into the gate.
    void enter() {
        on_stop_.emplace(stop_, [this] { cancel(); });
        self_ = shared_from_this();
        const std::optional<Admission::Verdict> at_once = owner_.gate_.enter(*this);
        if (at_once) {
            decided(*at_once);
        } else if (stop_.stop_requested()) {
            // The request may have come before the call was in the gate.
            cancel();
        } else {
            owner_.refused_.hurry(deadline);
        }
    }

    /// Why it would be of no use to serve it any more.
    [[nodiscard]] std::optional<Admission::Verdict> lapsed(TimePoint now) const {
        if (stop_.stop_requested()) return Admission::Verdict::kCancelled;
        if (deadline.passed(now)) return Admission::Verdict::kExpired;
        return std::nullopt;
    }

    Result<Document> run(Admission::Permit permit) {
        const Request request{page_.bytes, page_.content_type, page_.encoding, page_.options,
                              page_.timings};
        return owner_.run_(request, deadline, stop_, std::move(permit));
    }

    void answer(Result<Document> result) {
        on_stop_.reset();
        done_(std::move(result));
    }

    Admission::Verdict verdict = Admission::Verdict::kGranted;

private:
    void cancel() {
        if (owner_.gate_.withdraw(*this)) {
            decided(Admission::Verdict::kCancelled);
        } else {
            owner_.granted_.look();
        }
    }

    AsyncCalls& owner_;
    const OwnedRequest page_;
    const std::stop_token stop_;
    const InstancePool::Done done_;
    std::shared_ptr<Call> self_;
    std::optional<std::stop_callback<std::function<void()>>> on_stop_;
};

AsyncCalls::AsyncCalls(Admission& gate, std::uint32_t workers, Turns::Limits turns, Run run,
                       Refuse refuse)
    : gate_(gate),
      workers_(workers),
      run_(std::move(run)),
      refuse_(std::move(refuse)),
      granted_(turns) {}

AsyncCalls::~AsyncCalls() {
    granted_.close();
    refused_.close();
}

void AsyncCalls::start(OwnedRequest request, Deadline deadline, std::stop_token stop,
                       InstancePool::Done done) {
    if (Result<void> started = start_threads(); !started) {
        return done(refuse_(std::move(started.error())));
    }
    const auto call =
        std::make_shared<Call>(*this, std::move(request), std::move(stop), std::move(done));
    call->deadline = deadline;
    call->enter();
}

Result<void> AsyncCalls::start_threads() {
    if (has_all_threads_.load(std::memory_order_acquire)) return {};
    const std::lock_guard lock(threads_mutex_);
    while (threads_.size() < workers_ + 1) {
        auto thread = threads_.empty()
                          ? sys::Thread::start("riptide-refuse", [this] { answer_refused(); })
                          : sys::Thread::start("riptide-worker", [this] { work(); });
        // One worker will do, and the next call tries again.
        if (!thread && threads_.size() > 1) return {};
        if (!thread) return tl::unexpected(std::move(thread.error()));
        threads_.push_back(std::move(*thread));
    }
    has_all_threads_.store(true, std::memory_order_release);
    return {};
}

void AsyncCalls::decided(std::shared_ptr<Call> call, Admission::Verdict verdict) {
    call->verdict = verdict;
    if (verdict == Admission::Verdict::kGranted) {
        granted_.push(std::move(call));
    } else {
        refused_.push(std::move(call));
    }
}

void AsyncCalls::work() {
    std::optional<TimePoint> turn;
    while (const std::shared_ptr<Call> call = granted_.next(turn)) call->answer(serve(*call));
}

Result<Document> AsyncCalls::serve(Call& call) {
    Admission::Permit permit = gate_.adopt(call);
    if (const auto lapsed = call.lapsed(permit.since())) return refuse_(gate_.refusal(*lapsed));
    return call.run(std::move(permit));
}

void AsyncCalls::answer_refused() {
    do {
        const Deadline next = gate_.expire(Deadline::Clock::now());
        const std::shared_ptr<Call> call = refused_.pop(next);
        if (call != nullptr) call->answer(refuse_(gate_.refusal(call->verdict)));
    } while (!refused_.is_done());
}

/// Who is woken finds the mutex free. Without it nothing of the lane is touched: once the call is
/// answered, all of this may be gone.
void AsyncCalls::Lane::tell(std::unique_lock<std::mutex> lock) {
    changes_.fetch_add(1, std::memory_order_relaxed);
    const bool is_awaited = sleepers_ > 0;
    const auto* const changes = &changes_;
    lock.unlock();
    if (is_awaited) sys::wake_one(changes);
}

void AsyncCalls::Lane::sleep(std::unique_lock<std::mutex>& lock, Deadline deadline) {
    const std::uint32_t seen = changes_.load(std::memory_order_relaxed);
    ++sleepers_;
    lock.unlock();
    sys::sleep_while(changes_, seen, deadline);
    lock.lock();
    --sleepers_;
}

void AsyncCalls::Lane::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        changes_.fetch_add(1, std::memory_order_relaxed);
    }
    sys::wake_all(&changes_);
}

void AsyncCalls::Granted::push(std::shared_ptr<Call> call) {
    std::unique_lock lock(mutex_);
    const TimePoint now = Deadline::Clock::now();
    const Deadline deadline = call->deadline;
    // Who requested the stop before the call was here found nothing to look at.
    const bool has_lapsed = call->lapsed(now).has_value();
    calls_.push_back(std::move(call));
    // Where all turns are taken, who ends his comes for the call, or who watches.
    if (has_lapsed || turns_.is_free(now) ||
        std::min(turns_.next_end(), deadline) < watched_until_) {
        tell(std::move(lock));
    }
}

void AsyncCalls::Granted::look() { tell(std::unique_lock(mutex_)); }

std::shared_ptr<AsyncCalls::Call> AsyncCalls::Granted::take(std::optional<TimePoint>& turn) {
    const TimePoint now = Deadline::Clock::now();
    auto next = calls_.begin();
    if (turns_.is_free(now)) {
        if (next != calls_.end()) turns_.begin(turn.emplace(now));
    } else {
        next = std::ranges::find_if(
            calls_, [now](const auto& call) { return call->lapsed(now).has_value(); });
    }
    if (next == calls_.end()) return nullptr;
    std::shared_ptr<Call> call = std::move(*next);
    calls_.erase(next);
    return call;
}

Deadline AsyncCalls::Granted::next_look() const {
    if (calls_.empty()) return Deadline::never();
    Deadline next = turns_.next_end();
    for (const auto& call : calls_) next = std::min(next, call->deadline);
    return next;
}

std::shared_ptr<AsyncCalls::Call> AsyncCalls::Granted::next(std::optional<TimePoint>& turn) {
    std::unique_lock lock(mutex_);
    if (turn) turns_.end(*turn);
    turn.reset();
    std::shared_ptr<Call> call = take(turn);
    while (call == nullptr && !(closed_ && calls_.empty())) {
        const Deadline look = next_look();
        const bool watches = look < watched_until_;
        if (watches) watched_until_ = look;
        sleep(lock, watches ? look : Deadline::never());
        if (watches) watched_until_ = Deadline::never();
        call = take(turn);
    }
    if (calls_.empty() ? closed_ : watched_until_.is_never()) tell(std::move(lock));
    return call;
}

void AsyncCalls::Refused::push(std::shared_ptr<Call> call) {
    std::unique_lock lock(mutex_);
    calls_.push_back(std::move(call));
    tell(std::move(lock));
}

void AsyncCalls::Refused::hurry(Deadline until) {
    std::unique_lock lock(mutex_);
    if (until >= waits_until_) return;
    waits_until_ = until;
    tell(std::move(lock));
}

std::shared_ptr<AsyncCalls::Call> AsyncCalls::Refused::pop(Deadline until) {
    std::unique_lock lock(mutex_);
    // Who hurried it before it waited counts too.
    waits_until_ = std::min(waits_until_, until);
    while (calls_.empty() && !closed_ && !waits_until_.passed(Deadline::Clock::now())) {
        sleep(lock, waits_until_);
    }
    waits_until_ = Deadline::never();
    if (calls_.empty()) return nullptr;
    std::shared_ptr<Call> call = std::move(calls_.front());
    calls_.pop_front();
    return call;
}

bool AsyncCalls::Refused::is_done() {
    const std::lock_guard lock(mutex_);
    return closed_ && calls_.empty();
}

}  // namespace riptide
