#include "pool/helper_pool.h"

#include <sys/socket.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sys/mutex.h"
#include "sys/thread.h"

namespace riptide {
namespace {

using Clock = Deadline::Clock;
using sys::MutexLock;

constexpr std::chrono::milliseconds kFirstDelay{10};
constexpr std::chrono::milliseconds kLongestDelay{5000};
/// So many helpers in a row that never served are no accident: requests fail at once.
constexpr std::uint32_t kHopeless = 5;

/// A request in the queue, on the stack of its thread.
struct Waiter {
    std::condition_variable_any served;
    std::optional<Helper> helper;
};

/// A helper that works on a page.
struct Busy {
    std::uint64_t name;
    std::optional<HelperDeath> death;  // told by the zygote
};

}  // namespace

std::chrono::milliseconds restart_delay(std::uint32_t failures) {
    if (failures == 0) return std::chrono::milliseconds::zero();
    const std::uint32_t doublings = std::min(failures - 1, 16U);
    return std::min(kFirstDelay * (1U << doublings), kLongestDelay);
}

struct HelperPool::Impl {
    Impl(const HelperPoolSettings& configuration, Zygote started)
        : settings(configuration), zygote(std::make_unique<Zygote>(std::move(started))) {}

    void supervise();
    void replace_zygote_locked() RIPTIDE_REQUIRES(mutex);
    void start_missing_locked() RIPTIDE_REQUIRES(mutex);
    void note_event_locked(const ZygoteEvent& event) RIPTIDE_REQUIRES(mutex);
    void note_zygote_gone_locked() RIPTIDE_REQUIRES(mutex);
    void note_failed_start_locked(HelperDeath cause) RIPTIDE_REQUIRES(mutex);
    void serve_locked(Helper helper) RIPTIDE_REQUIRES(mutex);
    [[nodiscard]] bool is_hopeless_locked() const RIPTIDE_REQUIRES(mutex) {
        return failures >= kHopeless;
    }
    Busy* find_busy_locked(std::uint64_t name) RIPTIDE_REQUIRES(mutex);
    void forget_locked(const Helper& helper) RIPTIDE_REQUIRES(mutex);

    const HelperPoolSettings settings;

    mutable sys::Mutex mutex;
    /// Null while there is none. Replaced by the supervisor alone, which may therefore wait for its
    /// events without holding the mutex.
    std::unique_ptr<Zygote> zygote RIPTIDE_GUARDED_BY(mutex);
    std::list<Helper> ready RIPTIDE_GUARDED_BY(mutex);  // first in, first out
    std::deque<Waiter*> waiters RIPTIDE_GUARDED_BY(mutex);
    std::vector<Busy> busy RIPTIDE_GUARDED_BY(mutex);
    std::condition_variable_any death_told;
    std::condition_variable_any stop_asked;
    bool stopping RIPTIDE_GUARDED_BY(mutex) = false;
    std::uint32_t alive RIPTIDE_GUARDED_BY(mutex) = 0;  // ordered, and not reported as ended
    std::uint64_t next_name RIPTIDE_GUARDED_BY(mutex) = 1;
    std::uint32_t failures RIPTIDE_GUARDED_BY(mutex) = 0;  // starts in a row that came to nothing
    Clock::time_point next_start RIPTIDE_GUARDED_BY(mutex) = Clock::time_point::min();
    HelperStats stats RIPTIDE_GUARDED_BY(mutex);

    std::unique_ptr<sys::Thread> supervisor;  // last: works on all of the above
};

Busy* HelperPool::Impl::find_busy_locked(std::uint64_t name) {
    const auto found = std::ranges::find(busy, name, &Busy::name);
    return found == busy.end() ? nullptr : &*found;
}

void HelperPool::Impl::forget_locked(const Helper& helper) {
    std::erase_if(busy, [&helper](const Busy& entry) { return entry.name == helper.name; });
    if (zygote) zygote->kill(helper.name);
}

/// To the request that waits longest, or to the shelf.
void HelperPool::Impl::serve_locked(Helper helper) {
    if (waiters.empty()) {
        ready.push_back(std::move(helper));
        return;
    }
    Waiter& waiter = *waiters.front();
    waiters.pop_front();
    busy.push_back({helper.name, std::nullopt});
    waiter.helper.emplace(std::move(helper));
    waiter.served.notify_one();
}

void HelperPool::Impl::note_failed_start_locked(HelperDeath cause) {
    ++failures;
    ++stats.deaths[static_cast<std::size_t>(cause)];
    next_start = Clock::now() + restart_delay(failures);
    if (failures >= kHopeless) {
        for (Waiter* waiter : waiters) waiter->served.notify_one();
    }
}

void HelperPool::Impl::start_missing_locked() {
    while (alive < settings.helpers && Clock::now() >= next_start) {
        auto sockets = sys::make_socket_pair(SOCK_STREAM);
        if (!sockets || !zygote->spawn(next_name, sockets->far.get())) {
            return note_failed_start_locked(HelperDeath::kSetup);
        }
        ++alive;
        ++stats.starts;
        serve_locked({next_name++, std::move(sockets->near)});
    }
}

void HelperPool::Impl::note_event_locked(const ZygoteEvent& event) {
    --alive;
    const HelperDeath death = event.kind == ZygoteEvent::Kind::kExited ? cause_of_death(event.value)
                                                                       : HelperDeath::kSetup;
    const auto idle = std::ranges::find(ready, event.helper, &Helper::name);
    if (idle != ready.end()) {
        ready.erase(idle);
        note_failed_start_locked(death);
    } else if (Busy* entry = find_busy_locked(event.helper)) {
        entry->death = death;
        death_told.notify_all();
    }
}

/// Its helpers ended with it.
void HelperPool::Impl::note_zygote_gone_locked() {
    zygote.reset();
    ready.clear();
    alive = 0;
    for (Busy& entry : busy) {
        if (!entry.death) entry.death = HelperDeath::kKilled;
    }
    death_told.notify_all();
    note_failed_start_locked(HelperDeath::kKilled);
}

void HelperPool::Impl::replace_zygote_locked() {
    while (!stopping && !zygote) {
        if (Clock::now() < next_start) {
            stop_asked.wait_until(mutex, next_start);
            continue;
        }
        mutex.unlock();
        Result<Zygote> started = Zygote::start(settings.origin, settings.limits);
        mutex.lock();
        if (started) {
            zygote = std::make_unique<Zygote>(std::move(*started));
            ++stats.zygote_starts;
        } else {
            note_failed_start_locked(HelperDeath::kSetup);
        }
    }
}

void HelperPool::Impl::supervise() {
    const MutexLock lock(mutex);
    while (!stopping) {
        start_missing_locked();
        const Deadline wake_up =
            alive < settings.helpers ? Deadline::at(next_start) : Deadline::never();
        const Zygote& current = *zygote;
        ZygoteEvent event{};
        mutex.unlock();
        const Zygote::Wait wait = current.next_event(event, wake_up);
        mutex.lock();
        if (wait == Zygote::Wait::kEvent) note_event_locked(event);
        if (wait == Zygote::Wait::kGone && !stopping) {
            note_zygote_gone_locked();
            replace_zygote_locked();
        }
    }
}

HelperPool::HelperPool(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<HelperPool>> HelperPool::create(const HelperPoolSettings& settings) {
    Result<Zygote> zygote = Zygote::start(settings.origin, settings.limits);
    if (!zygote) return tl::unexpected(std::move(zygote.error()));
    auto impl = std::make_unique<Impl>(settings, std::move(*zygote));
    {
        const MutexLock lock(impl->mutex);
        impl->stats.zygote_starts = 1;
    }
    auto supervisor =
        sys::Thread::start("riptide-helpers", [pool = impl.get()] { pool->supervise(); });
    if (!supervisor) return tl::unexpected(std::move(supervisor.error()));
    impl->supervisor = std::move(*supervisor);
    return std::unique_ptr<HelperPool>(new HelperPool(std::move(impl)));
}

HelperPool::~HelperPool() {
    const MutexLock lock(impl_->mutex);
    impl_->stopping = true;
    if (impl_->zygote) impl_->zygote->shut_down();
    impl_->stop_asked.notify_one();
}

Result<Helper> HelperPool::take(Deadline deadline, const sys::StopTokens& stop) {
    Impl& pool = *impl_;
    const MutexLock lock(pool.mutex);
    if (!pool.ready.empty()) {
        Helper helper = std::move(pool.ready.front());
        pool.ready.pop_front();
        pool.busy.push_back({helper.name, std::nullopt});
        ++pool.stats.calls;
        return helper;
    }
    if (!pool.is_hopeless_locked() && pool.waiters.size() >= pool.settings.max_waiting) {
        ++pool.stats.overloaded;
        return fail(ErrorClass::kOverloaded, std::to_string(pool.waiters.size()) +
                                                 " requests wait for the native fallback already");
    }
    Waiter waiter;
    pool.waiters.push_back(&waiter);
    while (!waiter.helper && !pool.is_hopeless_locked() && !deadline.passed(Clock::now()) &&
           !stop.requested()) {
        waiter.served.wait_until(pool.mutex, stop.next_look(deadline, Clock::now()).time());
    }
    if (waiter.helper) {
        ++pool.stats.calls;
        return std::move(*waiter.helper);
    }
    std::erase(pool.waiters, &waiter);
    if (pool.is_hopeless_locked()) {
        return fail(ErrorClass::kHost, "the native fallback's helpers fail to start");
    }
    if (stop.requested()) return fail(ErrorClass::kCancelled, "the caller gave up");
    ++pool.stats.expired;
    return fail(ErrorClass::kDeadlineExceeded,
                "no helper of the native fallback was free before the deadline");
}

std::optional<HelperDeath> HelperPool::await_death(const Helper& helper, Deadline deadline) {
    const MutexLock lock(impl_->mutex);
    for (;;) {
        const Busy* entry = impl_->find_busy_locked(helper.name);
        const std::optional<HelperDeath> death = entry != nullptr ? entry->death : std::nullopt;
        if (death || deadline.passed(Clock::now())) return death;
        impl_->death_told.wait_until(impl_->mutex, deadline.time());
    }
}

void HelperPool::hand_back(Helper helper) {
    const MutexLock lock(impl_->mutex);
    impl_->failures = 0;
    ++impl_->stats.answers;
    impl_->forget_locked(helper);
}

void HelperPool::give_up(Helper helper, HelperDeath cause) {
    const MutexLock lock(impl_->mutex);
    if (cause == HelperDeath::kSetup) {
        impl_->note_failed_start_locked(cause);
    } else {
        impl_->failures = 0;
        ++impl_->stats.deaths[static_cast<std::size_t>(cause)];
    }
    impl_->forget_locked(helper);
}

HelperStats HelperPool::stats() const {
    const MutexLock lock(impl_->mutex);
    HelperStats stats = impl_->stats;
    stats.ready = static_cast<std::uint32_t>(impl_->ready.size());
    stats.waiting = static_cast<std::uint32_t>(impl_->waiters.size());
    return stats;
}

}  // namespace riptide
