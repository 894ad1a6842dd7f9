#include "pool/async_calls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <future>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace riptide {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

/// Longer than any test.
constexpr auto kForever = 1h;

/// Runs pages until they are let go, and keeps a record.
class Stage {
public:
    /// A page whose name begins with "free" runs to its end at once.
    Result<Document> run(const std::string& page, Deadline::Duration waited) {
        std::unique_lock lock(mutex_);
        begun_.push_back(page);
        waited_[page] = waited;
        changed_.notify_all();
        changed_.wait(lock, [&] { return page.starts_with("free") || let_go_.contains(page); });
        Document document;
        document.text = page;
        return document;
    }
    void let_go(const std::string& page) {
        const std::lock_guard lock(mutex_);
        let_go_.insert(page);
        changed_.notify_all();
    }
    void wait_for(std::size_t begun) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return begun_.size() >= begun; });
    }
    std::vector<std::string> begun() {
        const std::lock_guard lock(mutex_);
        return begun_;
    }
    Deadline::Duration waited(const std::string& page) {
        const std::lock_guard lock(mutex_);
        return waited_.at(page);
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> begun_;
    std::set<std::string> let_go_;
    std::map<std::string, Deadline::Duration> waited_;
};

/// Eight permits, and fewer turns.
struct Theatre {
    static constexpr std::uint32_t kPermits = 8;

    Theatre(std::uint32_t at_once, Deadline::Duration length)
        : calls(
              gate, kPermits, {at_once, length},
              [this](const Request& request, Deadline, const std::stop_token&,
                     Admission::Permit permit) {
                  const Admission::Permit held(std::move(permit));
                  return stage.run(std::string(request.bytes), held.waited());
              },
              [](Error error) { return tl::unexpected(std::move(error)); }) {}

    std::future<Result<Document>> start(const std::string& page,
                                        Deadline deadline = Deadline::never(),
                                        std::stop_token stop = {}) {
        auto promise = std::make_shared<std::promise<Result<Document>>>();
        OwnedRequest request;
        request.bytes = page;
        calls.start(std::move(request), deadline, std::move(stop),
                    [promise](Result<Document> result) { promise->set_value(std::move(result)); });
        return promise->get_future();
    }

    Stage stage;
    Admission gate{{kPermits, 1000}};
    AsyncCalls calls;
};

TEST(AsyncCalls, run_as_many_at_once_as_there_are_turns_in_the_order_they_came) {
    Theatre theatre(2, kForever);
    std::vector<std::future<Result<Document>>> answers;
    for (const char* page : {"a", "b", "c", "d", "e"}) answers.push_back(theatre.start(page));
    theatre.stage.wait_for(2);
    EXPECT_EQ(theatre.gate.state().granted, 5U);
    theatre.stage.let_go("b");
    ASSERT_TRUE(answers[1].get());
    theatre.stage.wait_for(3);
    theatre.stage.let_go("c");
    theatre.stage.wait_for(4);
    EXPECT_EQ(theatre.stage.begun()[2], "c");
    EXPECT_EQ(theatre.stage.begun()[3], "d");
    for (const char* page : {"a", "d", "e"}) theatre.stage.let_go(page);
    for (std::size_t i : {0U, 2U, 3U, 4U}) EXPECT_TRUE(answers[i].get());
    EXPECT_EQ(theatre.stage.begun()[4], "e");
}

TEST(AsyncCalls, keep_their_order_from_the_gate_to_their_turn) {
    Theatre theatre(1, kForever);
    std::vector<std::string> pages{"first"};
    for (int i = 0; i < 50; ++i) pages.push_back("free " + std::to_string(i));
    std::vector<std::future<Result<Document>>> answers;
    for (const std::string& page : pages) answers.push_back(theatre.start(page));
    EXPECT_EQ(theatre.gate.state().waiting, 51U - Theatre::kPermits);
    theatre.stage.let_go("first");
    for (auto& answer : answers) EXPECT_TRUE(answer.get());
    EXPECT_EQ(theatre.stage.begun(), pages);
}

TEST(AsyncCalls, who_runs_for_long_holds_up_nobody) {
    Theatre theatre(2, 1ms);
    std::vector<std::future<Result<Document>>> endless;
    for (std::uint32_t i = 0; i + 1 < Theatre::kPermits; ++i) {
        endless.push_back(theatre.start("endless " + std::to_string(i)));
    }
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(theatre.start("free " + std::to_string(i)).get());
    for (std::size_t i = 0; i < endless.size(); ++i) {
        theatre.stage.let_go("endless " + std::to_string(i));
        EXPECT_TRUE(endless[i].get());
    }
}

TEST(AsyncCalls, who_waits_for_a_turn_expires_in_time) {
    Theatre theatre(1, kForever);
    auto hog = theatre.start("hog");
    theatre.stage.wait_for(1);
    const auto deadline = Deadline::after(5ms);
    const Result<Document> late = theatre.start("late", deadline).get();
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().error_class, ErrorClass::kDeadlineExceeded);
    EXPECT_EQ(late.error().detail, theatre.gate.refusal(Admission::Verdict::kExpired).detail);
    EXPECT_TRUE(deadline.passed(Deadline::Clock::now()));
    EXPECT_EQ(theatre.gate.state().granted, 1U);
    theatre.stage.let_go("hog");
    EXPECT_TRUE(hog.get());
    EXPECT_THAT(theatre.stage.begun(), ElementsAre("hog"));
}

TEST(AsyncCalls, who_waits_for_a_turn_can_be_cancelled) {
    Theatre theatre(1, kForever);
    auto hog = theatre.start("hog");
    theatre.stage.wait_for(1);
    std::stop_source stop;
    auto cancelled = theatre.start("cancelled", Deadline::never(), stop.get_token());
    auto next = theatre.start("free");
    stop.request_stop();
    EXPECT_EQ(cancelled.get().error().error_class, ErrorClass::kCancelled);
    auto stillborn = theatre.start("stillborn", Deadline::never(), stop.get_token());
    EXPECT_EQ(stillborn.get().error().error_class, ErrorClass::kCancelled);
    EXPECT_EQ(theatre.gate.state().granted, 2U);
    theatre.stage.let_go("hog");
    EXPECT_TRUE(hog.get());
    EXPECT_TRUE(next.get());
    EXPECT_THAT(theatre.stage.begun(), ElementsAre("hog", "free"));
}

TEST(AsyncCalls, count_the_wait_for_a_turn_as_waiting_and_the_permit_as_held) {
    Theatre theatre(1, kForever);
    auto hog = theatre.start("hog");
    theatre.stage.wait_for(1);
    const auto begin = Deadline::Clock::now();
    auto next = theatre.start("free");
    const auto queued = Deadline::Clock::now();
    std::this_thread::sleep_for(3ms);
    const auto before = Deadline::Clock::now();
    theatre.stage.let_go("hog");
    EXPECT_TRUE(next.get());
    const auto after = Deadline::Clock::now();
    EXPECT_GE(theatre.stage.waited("free"), before - queued);
    EXPECT_LE(theatre.stage.waited("free"), after - begin);
    EXPECT_GE(theatre.gate.state().held, 2 * (before - queued));
    EXPECT_TRUE(hog.get());
}

TEST(AsyncCalls, are_all_answered_when_they_go_while_some_wait_for_their_turn) {
    std::vector<std::future<Result<Document>>> answers;
    {
        Theatre theatre(1, kForever);
        for (const char* page : {"a", "b", "free", "d"}) answers.push_back(theatre.start(page));
        theatre.stage.wait_for(1);
        for (const char* page : {"a", "b", "d"}) theatre.stage.let_go(page);
    }
    for (auto& answer : answers) {
        ASSERT_EQ(answer.wait_for(0s), std::future_status::ready);
        EXPECT_TRUE(answer.get());
    }
}

TEST(AsyncCalls, lose_none_when_many_come_expire_and_are_cancelled) {
    Theatre theatre(2, 50us);
    std::atomic<int> answered{0};
    constexpr int kThreads = 4;
    constexpr int kRounds = 300;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
        threads.emplace_back([&, thread] {
            for (int round = 0; round < kRounds; ++round) {
                std::stop_source stop;
                const int kind = (thread + round) % 3;
                const auto deadline = kind == 1 ? Deadline::after(30us) : Deadline::never();
                std::vector<std::future<Result<Document>>> answers;
                for (int i = 0; i < 4; ++i) {
                    answers.push_back(theatre.start("free", deadline, stop.get_token()));
                }
                if (kind == 2) stop.request_stop();
                for (auto& answer : answers) {
                    const Result<Document> result = answer.get();
                    EXPECT_TRUE(kind != 0 || result);
                    ++answered;
                }
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(answered, kThreads * kRounds * 4);
    EXPECT_EQ(theatre.gate.state().granted, 0U);
    EXPECT_EQ(theatre.gate.state().waiting, 0U);
}

}  // namespace
}  // namespace riptide
