#include "pool/admission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <latch>
#include <list>
#include <thread>
#include <vector>

namespace riptide {
namespace {

using namespace std::chrono_literals;
using Answer = AdmissionQueue::Answer;
using Waiter = AdmissionQueue::Waiter;
using Verdict = Admission::Verdict;

constexpr AdmissionQueue::TimePoint kStart{1000s};

Waiter waiting_until(AdmissionQueue::TimePoint time) {
    Waiter waiter;
    waiter.deadline = Deadline::at(time);
    return waiter;
}

TEST(AdmissionQueue, grants_as_many_as_there_are_permits_and_queues_the_rest) {
    AdmissionQueue queue({2, 1});
    std::array<Waiter, 4> waiters;
    EXPECT_EQ(queue.enter(waiters[0], kStart), Answer::kGranted);
    EXPECT_EQ(queue.enter(waiters[1], kStart), Answer::kGranted);
    EXPECT_EQ(queue.enter(waiters[2], kStart), Answer::kQueued);
    EXPECT_EQ(queue.enter(waiters[3], kStart), Answer::kFull);
    EXPECT_EQ(queue.granted(), 2U);
    EXPECT_EQ(queue.waiting(), 1U);
    EXPECT_EQ(queue.release(kStart, kStart + 1ms), &waiters[2]);
    EXPECT_EQ(queue.granted(), 2U);
    EXPECT_EQ(queue.release(kStart, kStart + 1ms), nullptr);
    EXPECT_EQ(queue.granted(), 1U);
}

TEST(AdmissionQueue, counts_a_permit_as_held_from_when_it_was_granted) {
    AdmissionQueue queue({1, 10});
    Waiter first;
    Waiter second;
    queue.enter(first, kStart);
    queue.enter(second, kStart + 1ms);
    EXPECT_EQ(queue.release(first.granted, kStart + 10ms), &second);
    EXPECT_EQ(second.granted, kStart + 10ms);
    EXPECT_EQ(queue.held(kStart + 12ms), 12ms);
    EXPECT_EQ(queue.release(second.granted, kStart + 20ms), nullptr);
    EXPECT_EQ(queue.held(kStart + 30ms), 20ms);
}

TEST(AdmissionQueue, serves_first_who_came_first) {
    AdmissionQueue queue({1, 100});
    std::list<Waiter> waiters(20);
    for (Waiter& waiter : waiters) queue.enter(waiter, kStart);
    for (auto next = std::next(waiters.begin()); next != waiters.end(); ++next) {
        EXPECT_EQ(queue.release(kStart, kStart + 1ms), &*next);
    }
}

TEST(AdmissionQueue, refuses_whose_deadline_has_passed) {
    AdmissionQueue queue({1, 1});
    Waiter late = waiting_until(kStart);
    EXPECT_EQ(queue.enter(late, kStart), Answer::kLate);
    EXPECT_EQ(queue.granted(), 0U);
}

TEST(AdmissionQueue, refuses_who_would_wait_longer_than_the_deadline_allows) {
    AdmissionQueue queue({2, 100});
    Waiter first;
    Waiter second;
    queue.enter(first, kStart);
    queue.enter(second, kStart);
    queue.release(kStart, kStart + 100ms);
    queue.enter(first, kStart);
    EXPECT_EQ(queue.expected_wait(), 50ms);
    Waiter hopeless = waiting_until(kStart + 49ms);
    EXPECT_EQ(queue.enter(hopeless, kStart), Answer::kHopeless);
    Waiter hopeful = waiting_until(kStart + 51ms);
    EXPECT_EQ(queue.enter(hopeful, kStart), Answer::kQueued);
    EXPECT_EQ(queue.expected_wait(), 100ms);
    queue.pop_any();
}

TEST(AdmissionQueue, gives_up_no_permit_to_who_has_left) {
    AdmissionQueue queue({1, 10});
    Waiter holder;
    Waiter leaver;
    Waiter stayer;
    queue.enter(holder, kStart);
    queue.enter(leaver, kStart);
    queue.enter(stayer, kStart);
    EXPECT_TRUE(queue.remove(leaver));
    EXPECT_FALSE(queue.remove(leaver));
    EXPECT_EQ(queue.release(kStart, kStart + 1ms), &stayer);
    EXPECT_EQ(queue.waiting(), 0U);
}

TEST(AdmissionQueue, tells_the_expired_by_deadline_and_not_by_age) {
    AdmissionQueue queue({1, 10});
    Waiter holder;
    queue.enter(holder, kStart);
    Waiter later = waiting_until(kStart + 2s);
    Waiter sooner = waiting_until(kStart + 1s);
    Waiter never;
    queue.enter(later, kStart);
    queue.enter(sooner, kStart);
    queue.enter(never, kStart);
    EXPECT_EQ(queue.next_expiry(), sooner.deadline);
    EXPECT_EQ(queue.pop_expired(kStart + 999ms), nullptr);
    EXPECT_EQ(queue.pop_expired(kStart + 1s), &sooner);
    EXPECT_EQ(queue.pop_expired(kStart + 1s), nullptr);
    EXPECT_EQ(queue.pop_expired(kStart + 5s), &later);
    EXPECT_TRUE(queue.next_expiry().is_never());
    EXPECT_EQ(queue.pop_any(), &never);
}

TEST(Admission, returns_a_permit_when_it_goes) {
    Admission gate({1, 0});
    for (int i = 0; i < 3; ++i) {
        const Result<Admission::Permit> permit = gate.acquire(Deadline::never(), {});
        ASSERT_TRUE(permit);
        EXPECT_EQ(gate.state().granted, 1U);
        EXPECT_EQ(gate.acquire(Deadline::never(), {}).error().error_class, ErrorClass::kOverloaded);
    }
    EXPECT_EQ(gate.state().granted, 0U);
}

TEST(Admission, refuses_a_waiter_whose_deadline_passed) {
    Admission gate({1, 10});
    const Result<Admission::Permit> held = gate.acquire(Deadline::never(), {});
    const Deadline deadline = Deadline::after(5ms);
    EXPECT_EQ(gate.acquire(deadline, {}).error().error_class, ErrorClass::kDeadlineExceeded);
    EXPECT_TRUE(deadline.passed(Deadline::Clock::now()));
    EXPECT_EQ(gate.state().waiting, 0U);
    EXPECT_EQ(gate.acquire(deadline, {}).error().error_class, ErrorClass::kDeadlineExceeded);
}

TEST(Admission, lets_a_cancelled_waiter_leave_without_a_permit) {
    Admission gate({1, 10});
    std::stop_source stop;
    std::optional<Result<Admission::Permit>> held(gate.acquire(Deadline::never(), {}));
    std::thread waiter([&] {
        EXPECT_EQ(gate.acquire(Deadline::never(), stop.get_token()).error().error_class,
                  ErrorClass::kCancelled);
    });
    while (gate.state().waiting == 0) std::this_thread::yield();
    stop.request_stop();
    waiter.join();
    EXPECT_EQ(gate.state().waiting, 0U);
    EXPECT_EQ(gate.acquire(Deadline::never(), stop.get_token()).error().error_class,
              ErrorClass::kCancelled);
    held.reset();
    EXPECT_EQ(gate.state().granted, 0U);
}

TEST(Admission, refuses_newcomers_once_closed_and_waiters_once_evicted) {
    Admission gate({1, 10});
    std::optional<Result<Admission::Permit>> held(gate.acquire(Deadline::never(), {}));
    ErrorClass refused = ErrorClass::kIo;
    std::thread waiter([&] { refused = gate.acquire(Deadline::never(), {}).error().error_class; });
    while (gate.state().waiting == 0) std::this_thread::yield();
    gate.close();
    EXPECT_EQ(gate.acquire(Deadline::never(), {}).error().error_class, ErrorClass::kOverloaded);
    EXPECT_EQ(gate.state().waiting, 1U);
    gate.evict();
    waiter.join();
    EXPECT_EQ(refused, ErrorClass::kOverloaded);
    held.reset();
}

/// Asks the gate, as others can, while it is told its verdict.
class Asker final : public Admission::Waiter {
public:
    explicit Asker(Admission& gate) : gate_(gate) {}
    void decided(Verdict verdict) override {
        told = verdict;
        waiting = gate_.state().waiting;
    }
    std::optional<Verdict> told;
    std::uint32_t waiting = 0;

private:
    Admission& gate_;
};

TEST(Admission, is_there_for_others_while_it_tells_a_waiter_its_verdict) {
    Admission gate({1, 3});
    std::optional<Result<Admission::Permit>> held(gate.acquire(Deadline::never(), {}));
    Asker granted(gate);
    Asker expired(gate);
    Asker evicted(gate);
    expired.deadline = Deadline::after(1h);
    for (Asker* asker : {&granted, &expired, &evicted}) {
        EXPECT_EQ(gate.enter(*asker), std::nullopt);
    }
    held.reset();
    EXPECT_EQ(granted.told, Verdict::kGranted);
    EXPECT_EQ(granted.waiting, 2U);
    gate.expire(expired.deadline.time());
    EXPECT_EQ(expired.told, Verdict::kExpired);
    EXPECT_EQ(expired.waiting, 1U);
    gate.evict();
    EXPECT_EQ(evicted.told, Verdict::kClosed);
    EXPECT_EQ(evicted.waiting, 0U);
    const Admission::Permit permit = gate.adopt(granted);
}

TEST(Admission, who_is_refused_may_come_again_when_there_is_a_place) {
    Admission gate({1, 1});
    std::optional<Result<Admission::Permit>> held(gate.acquire(Deadline::never(), {}));
    Asker first(gate);
    Asker second(gate);
    EXPECT_EQ(gate.enter(first), std::nullopt);
    EXPECT_EQ(gate.enter(second), Verdict::kFull);
    EXPECT_TRUE(gate.withdraw(first));
    EXPECT_EQ(gate.enter(second), std::nullopt);
    EXPECT_EQ(gate.enter(first), Verdict::kFull);
    held.reset();
    EXPECT_EQ(second.told, Verdict::kGranted);
    EXPECT_EQ(gate.enter(first), std::nullopt);
    {
        const Admission::Permit permit = gate.adopt(second);
    }
    {
        const Admission::Permit permit = gate.adopt(first);
    }
    EXPECT_EQ(gate.state().granted, 0U);
}

TEST(Admission, never_lets_more_run_than_there_are_permits_and_loses_none) {
    constexpr std::uint32_t kPermits = 3;
    Admission gate({kPermits, 1000});
    std::atomic<std::uint32_t> inside{0};
    std::atomic<std::uint32_t> most{0};
    std::atomic<int> granted{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            for (int round = 0; round < 500; ++round) {
                // Some give up while they wait, some at once.
                const auto deadline =
                    (i + round) % 3 == 0 ? Deadline::after(50us) : Deadline::never();
                const Result<Admission::Permit> permit = gate.acquire(deadline, {});
                if (!permit) continue;
                const std::uint32_t now = ++inside;
                std::uint32_t seen = most;
                while (now > seen && !most.compare_exchange_weak(seen, now)) {
                }
                std::this_thread::yield();
                --inside;
                ++granted;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_LE(most, kPermits);
    EXPECT_GE(granted, 8 * 500 * 2 / 3 - 8);
    EXPECT_EQ(gate.state().granted, 0U);
    EXPECT_EQ(gate.state().waiting, 0U);
}

}  // namespace
}  // namespace riptide
