#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <stop_token>
#include <string_view>
#include <thread>
#include <vector>

#include "bench/measure.h"
#include "bench/pool/parts.h"

namespace riptide::bench {
namespace {

using namespace std::chrono_literals;

constexpr int kRounds = 5;
constexpr int kCalls = 5'000;
/// The guest fills memory with what follows the command, and a slot keeps what was written: the
/// same after both commands, so that it does not matter which slot had which.
constexpr std::string_view kSmallPage = "echo neighbour";
constexpr std::string_view kEndlessPage = "loop neighbour";

/// Of calls, in microseconds: until the answer, and of their thread's processor time, which
/// another program's load hardly changes.
struct Times {
    std::vector<double> whole;
    std::vector<double> processor;
};

double thread_time_us() {
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) * 1e6 + static_cast<double>(used.tv_nsec) / 1e3;
}

Times calls(const InstancePool& pool) {
    Times times;
    for (int i = 0; i < kCalls; ++i) {
        const double used = thread_time_us();
        const auto start = Clock::now();
        if (!call(pool, kSmallPage)) std::exit(1);
        times.whole.push_back(microseconds(Clock::now() - start));
        times.processor.push_back(thread_time_us() - used);
    }
    return times;
}

Times beside_a_busy_thread(const InstancePool& pool) {
    std::atomic<bool> runs{false};
    const std::jthread busy([&runs](const std::stop_token& stop) {
        runs = true;
        while (!stop.stop_requested()) {
        }
    });
    while (!runs) std::this_thread::yield();
    return calls(pool);
}

Times beside_an_endless_guest(const InstancePool& pool) {
    const std::jthread hog([&pool](const std::stop_token& stop) {
        Request request;
        request.bytes = kEndlessPage;
        (void)pool.extract(request, Deadline::after(10s), stop);
    });
    while (pool.health().active_instances == 0) std::this_thread::yield();
    return calls(pool);
}

}  // namespace

void neighbours() {
    ExtractorConfig config = faulty_config();
    config.max_pool_size = 2;
    config.epoch_timeout = 10s;
    config.enable_fallback = false;
    const auto pool = make_pool(config);
    calls(*pool);  // warms up
    struct Arm {
        const char* name;
        Times (*measure)(const InstancePool& pool);
        // Of each round.
        std::vector<double> p50s, p99s, processor_p50s, processor_p99s;
    };
    std::array<Arm, 3> arms{{{"alone", calls, {}, {}, {}, {}},
                             {"beside_a_busy_thread", beside_a_busy_thread, {}, {}, {}, {}},
                             {"beside_an_endless_guest", beside_an_endless_guest, {}, {}, {}, {}}}};
    for (int round = 0; round < kRounds; ++round) {
        for (Arm& arm : arms) {
            Times times = arm.measure(*pool);
            arm.p50s.push_back(quantile(times.whole, 0.5));
            arm.p99s.push_back(quantile(times.whole, 0.99));
            arm.processor_p50s.push_back(quantile(times.processor, 0.5));
            arm.processor_p99s.push_back(quantile(times.processor, 0.99));
        }
    }
    for (Arm& arm : arms) {
        const auto print = [&arm](const char* what, std::vector<double>& rounds) {
            std::printf("neighbours.%s_%s_us %.1f\n", arm.name, what, quantile(rounds, 0.5));
        };
        print("p50", arm.p50s);
        print("p99", arm.p99s);
        print("processor_p50", arm.processor_p50s);
        print("processor_p99", arm.processor_p99s);
    }
}

}  // namespace riptide::bench
