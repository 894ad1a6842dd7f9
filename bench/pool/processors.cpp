#include <sched.h>

#include <atomic>
#include <cstdio>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "bench/measure.h"
#include "bench/pool/parts.h"

namespace riptide::bench {
namespace {

constexpr int kWindows = 50;
constexpr int kRoundTrips = 2'000;

/// Apart from each other by more than a cache line and the one that is fetched with it.
struct alignas(256) Word {
    std::atomic<int> value{0};
};

/// The first two that this process may use.
std::optional<std::pair<int, int>> two_processors(const cpu_set_t& allowed) {
    std::vector<int> found;
    for (int i = 0; i < CPU_SETSIZE && found.size() < 2; ++i) {
        if (CPU_ISSET(i, &allowed)) found.push_back(i);
    }
    if (found.size() < 2) return std::nullopt;
    return std::pair(found[0], found[1]);
}

void run_on(int processor) {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(processor, &one);
    ::sched_setaffinity(0, sizeof one, &one);
}

}  // namespace

void processors() {
    cpu_set_t allowed;
    ::sched_getaffinity(0, sizeof allowed, &allowed);
    const auto pair = two_processors(allowed);
    if (!pair) return;
    Word ping;
    Word pong;
    std::thread other([&, processor = pair->second] {
        run_on(processor);
        for (int i = 1; i <= kWindows * kRoundTrips; ++i) {
            while (ping.value.load(std::memory_order_acquire) != i) {
            }
            pong.value.store(i, std::memory_order_release);
        }
    });
    run_on(pair->first);
    std::vector<double> trips_ns;
    for (int window = 0, i = 0; window < kWindows; ++window) {
        const auto start = Clock::now();
        for (int trip = 0; trip < kRoundTrips; ++trip) {
            ping.value.store(++i, std::memory_order_release);
            while (pong.value.load(std::memory_order_acquire) != i) {
            }
        }
        trips_ns.push_back(microseconds(Clock::now() - start) * 1e3 / kRoundTrips);
    }
    other.join();
    ::sched_setaffinity(0, sizeof allowed, &allowed);
    std::printf("processors.round_trip_p50_ns %.0f\n", quantile(trips_ns, 0.5));
}

}  // namespace riptide::bench
