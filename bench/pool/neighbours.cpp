#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "bench/measure.h"
#include "bench/pool/parts.h"

namespace riptide::bench {
namespace {

using namespace std::chrono_literals;

constexpr int kRounds = 5;
constexpr int kCalls = 5'000;

struct Times {
    double p50;
    double p99;
};

Times calls(const InstancePool& pool) {
    std::vector<double> times;
    times.reserve(kCalls);
    for (int i = 0; i < kCalls; ++i) {
        const auto start = Clock::now();
        if (!call(pool, "echo neighbour")) std::exit(1);
        times.push_back(microseconds(Clock::now() - start));
    }
    return {quantile(times, 0.5), quantile(times, 0.99)};
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
        request.bytes = "loop x";
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
        std::vector<double> p50s, p99s;
    };
    std::array<Arm, 3> arms{{{"alone", calls, {}, {}},
                             {"beside_a_busy_thread", beside_a_busy_thread, {}, {}},
                             {"beside_an_endless_guest", beside_an_endless_guest, {}, {}}}};
    for (int round = 0; round < kRounds; ++round) {
        for (Arm& arm : arms) {
            const Times times = arm.measure(*pool);
            arm.p50s.push_back(times.p50);
            arm.p99s.push_back(times.p99);
        }
    }
    for (Arm& arm : arms) {
        std::printf("neighbours.%s_p50_us %.1f\n", arm.name, quantile(arm.p50s, 0.5));
        std::printf("neighbours.%s_p99_us %.1f\n", arm.name, quantile(arm.p99s, 0.5));
    }
}

}  // namespace riptide::bench
