// breaker_bench: what the circuit breaker and the memory of faulty pages add to a request.
// One thread, and as many as there are cores, each with nothing to do but ask and report: the most
// contention there can be.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "pool/faulty_pages.h"
#include "pool/shared_breaker.h"

namespace {

using Clock = std::chrono::steady_clock;
using riptide::CallOutcome;
using riptide::SharedCircuitBreaker;

/// Mean time of one of `times` calls of `work` in each of `threads` threads.
template <typename Work>
double nanoseconds_each(unsigned threads, int times, const Work& work) {
    const auto start = Clock::now();
    {
        std::vector<std::jthread> running;
        for (unsigned i = 0; i < threads; ++i) {
            running.emplace_back([&work, times] {
                for (int call = 0; call < times; ++call) work();
            });
        }
    }
    return std::chrono::duration<double, std::nano>(Clock::now() - start).count() / times;
}

void breaker(unsigned threads) {
    constexpr int kTimes = 2'000'000;
    SharedCircuitBreaker breaker({}, [] { return std::uint64_t{0}; }, Clock::now());
    const auto now = Clock::now();
    const auto admit = [&] {
        if (!breaker.admit(now)) std::exit(1);
    };
    const auto call = [&] {
        auto permit = breaker.admit(now);
        if (!permit) std::exit(1);
        permit->report(CallOutcome::kSuccess, now);
    };
    std::printf("breaker.admit_ns.%u_threads %.1f\n", threads,
                nanoseconds_each(threads, kTimes, admit));
    std::printf("breaker.admit_and_report_ns.%u_threads %.1f\n", threads,
                nanoseconds_each(threads, kTimes, call));
}

void faulty_pages() {
    constexpr int kTimes = 2000;
    const std::string page(std::size_t{64} * 1024, 'x');
    riptide::FaultyPages pages({1, 2});
    const auto look_up = [&] {
        if (pages.contains(page)) std::exit(1);
    };
    std::printf("faulty_pages.none_ns %.1f\n", nanoseconds_each(1, kTimes, look_up));
    for (int i = 0; i < 1024; ++i) {
        pages.remember(std::string(1000, 'x') + std::to_string(i), pages.generation());
    }
    std::printf("faulty_pages.none_of_that_size_ns %.1f\n", nanoseconds_each(1, kTimes, look_up));
    pages.remember(std::string(page.size(), 'y'), pages.generation());
    std::printf("faulty_pages.64_kib_hashed_us %.1f\n",
                nanoseconds_each(1, kTimes, look_up) / 1000);
}

}  // namespace

int main() {
    breaker(1);
    breaker(std::max(2U, std::thread::hardware_concurrency()));
    faulty_pages();
    return 0;
}
