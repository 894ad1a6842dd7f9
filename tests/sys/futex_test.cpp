#include "sys/futex.h"

#include <gtest/gtest.h>

#include <thread>

namespace riptide::sys {
namespace {

using namespace std::chrono_literals;
using Clock = Deadline::Clock;
using Word = std::atomic<std::uint32_t>;

/// Two threads that run `work` and sleep by then, unless the machine is very slow.
class Sleepers {
public:
    template <typename Work>
    explicit Sleepers(const Work& work) : one_(work), other_(work) {
        std::this_thread::sleep_for(5ms);
    }

private:
    std::jthread one_;
    std::jthread other_;
};

TEST(Futex, does_not_sleep_by_a_word_that_has_changed) {
    const Word word{1};
    sleep_while(word, 0, Deadline::never());
}

TEST(Futex, sleeps_until_the_deadline) {
    const Word word{0};
    const Deadline deadline = Deadline::after(20ms);
    while (!deadline.passed(Clock::now())) sleep_while(word, 0, deadline);
    EXPECT_LT(Clock::now(), deadline.time() + 10s);
    // Those that are over already.
    sleep_while(word, 0, deadline);
    sleep_while(word, 0, Deadline::at(Clock::time_point(1ns)));
}

TEST(Futex, wakes_who_sleeps_without_a_deadline) {
    Word word{0};
    std::thread sleeper([&word] {
        while (word == 0) sleep_while(word, 0, Deadline::never());
    });
    std::this_thread::sleep_for(5ms);
    word = 1;
    wake_one(&word);
    sleeper.join();
}

TEST(Futex, wakes_another_with_each_call) {
    Word word{0};
    std::atomic<int> awake{0};
    const auto sleep = [&] {
        while (word == 0) sleep_while(word, 0, Deadline::never());
        ++awake;
        wake_one(&word);
    };
    {
        const Sleepers sleepers(sleep);
        word = 1;
        wake_one(&word);
    }
    EXPECT_EQ(awake, 2);
}

TEST(Futex, wakes_all) {
    Word word{0};
    const auto sleep = [&word] {
        while (word == 0) sleep_while(word, 0, Deadline::never());
    };
    const Sleepers sleepers(sleep);
    word = 1;
    wake_all(&word);
}

}  // namespace
}  // namespace riptide::sys
