#include "wasm/interrupt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pthread.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <stop_token>
#include <thread>

#include "tests/wasm/components.h"

namespace riptide::wasm {
namespace {

using namespace std::chrono_literals;
using Clock = Deadline::Clock;

/// A page that takes the guest some milliseconds.
std::string long_page() {
    std::string page = "<title>Long</title><article>";
    for (int i = 0; i < 2000; ++i) {
        page +=
            "<p>Paragraph " + std::to_string(i) + ", with <em>words</em> enough to be kept.</p>";
    }
    return page;
}

TEST(Interrupt, stops_a_guest_wherever_it_is_and_never_early) {
    const Sandbox sandbox = Sandbox::builtin();
    const std::string page = long_page();
    const Result<Document> whole = sandbox.call(page);
    ASSERT_TRUE(whole) << whole.error().detail;
    int stopped = 0;
    int finished = 0;
    for (int i = 0; i < 400 && (i < 100 || stopped < 20 || finished < 5); ++i) {
        const auto timeout = std::chrono::microseconds(i * 97 % 25'000);
        Slot slot = Slot::create(sandbox.engine, sandbox.component).value();
        const auto start = Clock::now();
        const Result<Document> result =
            std::move(slot).call(page, ExtractOptions{}, Deadline::at(start + timeout));
        if (result) {
            ++finished;
            EXPECT_EQ(result->text, whole->text);
        } else {
            ++stopped;
            EXPECT_EQ(result.error().error_class, ErrorClass::kTimeout) << result.error().detail;
            EXPECT_GE(Clock::now() - start, timeout);
        }
    }
    EXPECT_GE(stopped, 20);
    EXPECT_TRUE(sandbox.call(page));
}

TEST(Interrupt, stops_a_guest_that_leaves_its_work_to_the_host) {
    const Sandbox sandbox = Sandbox::with("busy_host");
    for (std::size_t work = 0; work < 7; ++work) {
        const auto start = Clock::now();
        const Result<Document> result = sandbox.call(std::string(work, 'x'), 20ms);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().error_class, ErrorClass::kTimeout) << work;
        // Generous: how close it gets is measured in the bench, on an idle machine.
        EXPECT_LT(Clock::now() - start, 3s) << work;
    }
}

TEST(Interrupt, stops_a_guest_on_request) {
    const Sandbox sandbox = Sandbox::with("endless");
    std::stop_source source;
    const std::stop_token token = source.get_token();
    Slot slot = Slot::create(sandbox.engine, sandbox.component).value();
    const std::jthread other([&source] {
        std::this_thread::sleep_for(15ms);
        source.request_stop();
    });
    const Result<Document> result =
        std::move(slot).call("x", ExtractOptions{}, Deadline::never(),
                             sys::StopTokens{.caller = &token, .pool = nullptr});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().error_class, ErrorClass::kCancelled);
}

TEST(Interrupt, stops_a_guest_on_a_thread_that_blocks_all_signals) {
    const Sandbox sandbox = Sandbox::with("endless");
    Result<Document> result = tl::unexpected(Error{ErrorClass::kHost, "not called"});
    std::thread([&] {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, nullptr);
        result = sandbox.call("x", 5ms);
    }).join();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().error_class, ErrorClass::kTimeout);
}

TEST(Interrupt, stops_many_guests_at_once) {
    const Sandbox sandbox = Sandbox::with("endless");
    std::array<std::atomic<int>, 2> stopped{};
    {
        std::array<std::jthread, 2> threads;
        for (std::size_t i = 0; i < threads.size(); ++i) {
            threads[i] = std::jthread([&, i] {
                for (int call = 0; call < 20; ++call) {
                    const Result<Document> result = sandbox.call("x", 2ms);
                    if (!result && result.error().error_class == ErrorClass::kTimeout) ++stopped[i];
                }
            });
        }
    }
    EXPECT_EQ(stopped[0], 20);
    EXPECT_EQ(stopped[1], 20);
}

TEST(Interrupt, a_signal_before_its_time_changes_nothing) {
    const Sandbox sandbox = Sandbox::builtin();
    const std::string page = long_page();
    const Result<Document> undisturbed = sandbox.call(page);
    ASSERT_TRUE(undisturbed);
    const pthread_t self = ::pthread_self();
    Result<Document> disturbed = tl::unexpected(Error{ErrorClass::kHost, "not called"});
    {
        const std::jthread other([self](const std::stop_token& stop) {
            for (int i = 0; i < 20'000 && !stop.stop_requested(); ++i) {
                ::pthread_kill(self, kInterruptSignal);
            }
        });
        disturbed = sandbox.call(page);
    }
    ASSERT_TRUE(disturbed) << disturbed.error().detail;
    EXPECT_EQ(disturbed->text, undisturbed->text);
}

std::atomic<int> others_signals = 0;

void count_signal(int) { ++others_signals; }

bool times_out(const Sandbox& sandbox) {
    const Result<Document> result = sandbox.call("x", 5ms);
    return !result && result.error().error_class == ErrorClass::kTimeout;
}

/// Longer than a test takes, for a process in which a guest might not be stopped.
constexpr unsigned kPatienceSeconds = 30;

TEST(InterruptDeathTest, stops_a_guest_in_the_child_of_a_fork) {
    GTEST_FLAG_SET(death_test_style, "fast");
    // Compiled beforehand: the threads that compile are not in the child.
    const AotCache cache = AotCache::open(testing::TempDir() + "/riptide-fork").value();
    const std::vector<std::uint8_t> bytes = read_component("endless");
    const auto make_sandbox = [&] {
        Engine engine = Engine::create(engine_settings(small_config())).value();
        Component component = Component::load(engine, bytes, &cache).value();
        return Sandbox{std::move(engine), std::move(component)};
    };
    ASSERT_TRUE(times_out(make_sandbox()));
    EXPECT_EXIT(
        {
            ::alarm(kPatienceSeconds);
            ::_exit(times_out(make_sandbox()) ? 0 : 1);
        },
        testing::ExitedWithCode(0), "");
}

struct CallsAtTheEnd {
    CallsAtTheEnd() = default;
    ~CallsAtTheEnd() { ::_exit(times_out(Sandbox::with("endless")) ? 0 : 1); }
    CallsAtTheEnd(const CallsAtTheEnd&) = delete;
    CallsAtTheEnd& operator=(const CallsAtTheEnd&) = delete;
};

TEST(InterruptDeathTest, stops_a_guest_that_the_end_of_the_program_runs) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(
        {
            ::alarm(kPatienceSeconds);
            static const CallsAtTheEnd kLast;
            if (times_out(Sandbox::with("endless"))) std::exit(2);
        },
        testing::ExitedWithCode(0), "");
}

TEST(Interrupt, stops_a_guest_that_the_end_of_a_thread_runs) {
    static const Sandbox* sandbox = nullptr;
    static std::atomic<bool> stopped = false;
    struct CallsAtTheEndOfTheThread {
        ~CallsAtTheEndOfTheThread() { stopped = times_out(*sandbox); }
    };
    const Sandbox endless = Sandbox::with("endless");
    sandbox = &endless;
    std::thread([&] {
        thread_local const CallsAtTheEndOfTheThread kFirst;
        (void)&kFirst;
        EXPECT_TRUE(times_out(endless));
    }).join();
    EXPECT_TRUE(stopped);
}

TEST(InterruptDeathTest, takes_the_signal_again_that_was_set_back) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(
        {
            ::alarm(kPatienceSeconds);
            struct sigaction ignores{};
            ignores.sa_handler = SIG_IGN;
            ignores.sa_flags = SA_SIGINFO;
            ::sigaction(kInterruptSignal, &ignores, nullptr);
            bool right = times_out(Sandbox::with("endless"));
            ::raise(kInterruptSignal);
            ::sigaction(kInterruptSignal, &ignores, nullptr);
            right = times_out(Sandbox::with("endless")) && right;
            ::_exit(right ? 0 : 1);
        },
        testing::ExitedWithCode(0), "");
}

TEST(InterruptDeathTest, hands_others_signals_to_the_handler_that_was_there_before) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");  // a process in which no engine was made
    EXPECT_EXIT(
        {
            struct sigaction action{};
            action.sa_handler = count_signal;
            ::sigaction(kInterruptSignal, &action, nullptr);
            const Sandbox sandbox = Sandbox::with("endless");
            ::raise(kInterruptSignal);
            const bool stopped = !sandbox.call("x", 5ms);
            ::_exit(stopped && others_signals == 1 ? 0 : 1);
        },
        testing::ExitedWithCode(0), "");
}

/// What tests/components/bulk_results.wat makes of it.
Result<Document> bulk(const Sandbox& sandbox, const std::array<std::uint32_t, 4>& numbers) {
    std::string page;
    for (const std::uint32_t number : numbers) {
        for (int shift = 28; shift >= 0; shift -= 4) {
            page += static_cast<char>('a' + ((number >> shift) & 15));
        }
    }
    return sandbox.call(page);
}

TEST(BulkOperations, fill_and_copy_what_they_should) {
    const Sandbox sandbox = Sandbox::with("bulk_results");
    const auto is_right = [&](const std::array<std::uint32_t, 4>& numbers) {
        const Result<Document> result = bulk(sandbox, numbers);
        return !result && result.error().detail == "right";
    };
    for (const std::uint32_t length :
         {0U, 1U, 63U, 4096U, 4097U, 4159U, 4160U, 4161U, 10'007U, 60'000U}) {
        EXPECT_TRUE(is_right({1, 5001, 0x1A7, length})) << "fill " << length;
        for (const std::uint32_t distance : {0U, 1U, 15U, 16U, 63U, 64U, 65U, 1000U, 70'000U}) {
            EXPECT_TRUE(is_right({0, 5003, 5003 + distance, length}))
                << "copy down by " << distance << ", " << length;
            EXPECT_TRUE(is_right({0, 5003 + distance, 5003, length}))
                << "copy up by " << distance << ", " << length;
        }
    }
}

TEST(BulkOperations, trap_where_they_reach_beyond_memory) {
    const Sandbox sandbox = Sandbox::with("bulk_results");
    constexpr std::uint32_t kMemory = 4 * 65536;
    const std::array<std::array<std::uint32_t, 4>, 7> beyond = {{
        {1, kMemory - 5000, 0, 5001},
        {1, 5000, 0, 0xFFFF'FFFF},
        {1, 0xFFFF'F000, 0, 0x1'0000},
        {0, kMemory - 5000, 5000, 5001},
        {0, 5000, kMemory - 5000, 5001},
        {0, 5000, 0xFFFF'F000, 0x1'0000},
        {0, 0xFFFF'F000, 5000, 0x1'0000},
    }};
    for (const auto& numbers : beyond) {
        const Result<Document> result = bulk(sandbox, numbers);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().error_class, ErrorClass::kTrap) << testing::PrintToString(numbers);
    }
}

}  // namespace
}  // namespace riptide::wasm
