/// Who may run and who waits, as a pure state machine: every event says what time it is.
#pragma once

#include <riptide/deadline.h>

#include <cstdint>
#include <optional>

#include "pool/busy_time.h"

#include <boost/intrusive/list.hpp>
#include <boost/intrusive/set.hpp>

namespace riptide {

/// Permits, and a bounded queue of those who wait for one, first come, first served. Not
/// thread-safe: `Admission` is its shell.
class AdmissionQueue {
public:
    using TimePoint = Deadline::Clock::time_point;
    using Duration = Deadline::Duration;

    struct Limits {
        std::uint32_t permits;
        std::uint32_t queue_length;
    };

    struct ByAge;
    struct ByDeadline;
    /// A place in the queue; stays where it is until it has left the queue.
    struct Waiter : boost::intrusive::list_base_hook<boost::intrusive::tag<ByAge>>,
                    boost::intrusive::set_base_hook<boost::intrusive::tag<ByDeadline>> {
        Deadline deadline = Deadline::never();
        TimePoint entered{};
        TimePoint granted{};
    };

    enum class Answer {
        kGranted,   ///< A permit, at once.
        kQueued,    ///< A place in the queue.
        kFull,      ///< The queue has no place left.
        kHopeless,  ///< The expected wait exceeds the deadline.
        kLate,      ///< The deadline has passed already.
    };

    explicit AdmissionQueue(Limits limits) : limits_(limits) {}

    /// Why one who comes at `now` would be refused, where `outlook()` is so; null if not.
    static std::optional<Answer> refusal(Duration outlook, Deadline deadline, TimePoint now);

    Answer enter(Waiter& waiter, TimePoint now);
    /// A permit comes back that was granted then. The waiter who has it now, and has left the
    /// queue; null when nobody waits.
    Waiter* release(TimePoint granted, TimePoint now);
    /// False when the waiter is not in the queue.
    bool remove(Waiter& waiter);
    /// The next waiter whose deadline has passed, and who has left the queue; null when there is
    /// none.
    Waiter* pop_expired(TimePoint now);
    /// The next waiter, who has left the queue; null when nobody waits.
    Waiter* pop_any();

    /// When `pop_expired` will have something to do.
    [[nodiscard]] Deadline next_expiry() const;
    /// How long whoever came now would wait, by the mean time permits are held.
    [[nodiscard]] Duration expected_wait() const;
    /// The same; `kNoPlace` where the queue has no place left.
    [[nodiscard]] Duration outlook() const;
    static constexpr Duration kNoPlace = Duration::max();
    [[nodiscard]] std::uint32_t granted() const { return held_.active(); }
    /// How long permits were held, all together.
    [[nodiscard]] Duration held(TimePoint now) { return held_.total(now); }
    [[nodiscard]] std::uint32_t waiting() const {
        return static_cast<std::uint32_t>(by_age_.size());
    }
    [[nodiscard]] const Limits& limits() const { return limits_; }

private:
    struct EarlierDeadline {
        bool operator()(const Waiter& a, const Waiter& b) const { return a.deadline < b.deadline; }
    };
    using AgeHook =
        boost::intrusive::base_hook<boost::intrusive::list_base_hook<boost::intrusive::tag<ByAge>>>;
    using DeadlineHook = boost::intrusive::base_hook<
        boost::intrusive::set_base_hook<boost::intrusive::tag<ByDeadline>>>;

    Limits limits_;
    BusyTime held_;
    Duration mean_hold_{0};
    boost::intrusive::list<Waiter, AgeHook> by_age_;
    boost::intrusive::multiset<Waiter, DeadlineHook, boost::intrusive::compare<EarlierDeadline>>
        by_deadline_;
};

}  // namespace riptide
