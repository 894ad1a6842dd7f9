// pool_bench [CALLS [LIST]]: what the instance pool does, on this machine.
//
// - tiny page through a warm pool: waiting, and the whole call, as its caller sees it;
// - throughput of 1 and 2 threads on real pages (LIST: a path per line, or id, path, URL), and of 1
//   where the pool's own thread has no processor but that thread's to help it from; and of native
//   code, which says what the machine allows;
// - overload: ten times as many requests as the pool can serve, due by the clock (open loop), and
//   ten times as many clients as instances, each of which asks again (closed loop): what is served,
//   and what is refused how fast; and the peak beside clients that only wake by the clock;
// - neighbours: the calls of one client alone, beside a thread that is busy with something else,
//   and beside an endless guest that holds half the instances. What the second and third have in
//   common is the processor that is taken, what they differ in is the pool's;
// - a long run of CALLS small pages (100,000 when not told) with 1 % of each kind of fault: bytes
//   of another page seen, requests unaccounted, memory, file descriptors and threads early and
//   late. It uses the faulty guest of the tests.
//
// Prints `key value` lines; ends with 1 when the long run found anything wrong.
#include <riptide/instance_pool.h>

#include <sched.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "bench/measure.h"
#include "bench/pool/parts.h"
#include "pool/native_extractor.h"

namespace {

using namespace std::chrono_literals;
using namespace riptide::bench;
using riptide::Extractor;
using riptide::ExtractorConfig;
using riptide::InstancePool;

constexpr int kRounds = 5;

constexpr std::string_view kTinyPage =
    "<html><head><title>Hi</title></head><body><p>Hello</p></body></html>";

void tiny_page(const InstancePool& pool) {
    std::vector<double> back_to_back;
    std::vector<double> spaced;
    for (int i = 0; i < 20'000; ++i) {
        const auto start = Clock::now();
        if (!call(pool, kTinyPage)) std::exit(1);
        back_to_back.push_back(microseconds(Clock::now() - start));
    }
    for (int i = 0; i < 5'000; ++i) {
        // Time for the pool to make the next store: what a server that is not saturated sees.
        const auto resume = Clock::now() + 50us;
        while (Clock::now() < resume) {
        }
        const auto start = Clock::now();
        if (!call(pool, kTinyPage)) std::exit(1);
        spaced.push_back(microseconds(Clock::now() - start));
    }
    std::printf("tiny_page.back_to_back_p50_us %.1f\n", quantile(back_to_back, 0.5));
    std::printf("tiny_page.back_to_back_p99_us %.1f\n", quantile(back_to_back, 0.99));
    std::printf("tiny_page.warm_p50_us %.1f\n", quantile(spaced, 0.5));
    std::printf("tiny_page.warm_p99_us %.1f\n", quantile(spaced, 0.99));
    const riptide::PerformanceMetrics metrics = pool.metrics();
    std::printf("tiny_page.wait_p50_us %.2f\n", microseconds(metrics.wait.p50));
    std::printf("tiny_page.wait_p99_us %.2f\n", microseconds(metrics.wait.p99));
}

struct Throughput {
    double pages_per_s;
    double processor_us;  ///< Of the whole process, for a page.
};

/// Of `threads` threads over two passes.
Throughput throughput(const Extractor& extractor, const std::vector<std::string>& pages,
                      int threads) {
    std::atomic<std::size_t> next{0};
    const std::size_t total = 2 * pages.size();
    const double used = processor_time_us();
    const auto start = Clock::now();
    std::vector<std::thread> workers;
    for (int i = 0; i < threads; ++i) {
        workers.emplace_back([&] {
            for (std::size_t at = next++; at < total; at = next++) {
                if (!call(extractor, pages[at % pages.size()])) std::exit(1);
            }
        });
    }
    for (std::thread& worker : workers) worker.join();
    const auto calls = static_cast<double>(total);
    return {calls * 1e6 / microseconds(Clock::now() - start), (processor_time_us() - used) / calls};
}

/// One thread, whose pool has no processor but that thread's.
Throughput on_one_processor(const std::vector<std::string>& pages) {
    cpu_set_t all;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(::sched_getcpu(), &one);
    ::sched_getaffinity(0, sizeof all, &all);
    ::sched_setaffinity(0, sizeof one, &one);
    const auto pool = make_pool(ExtractorConfig{});
    throughput(*pool, pages, 1);  // warms up
    const Throughput result = throughput(*pool, pages, 1);
    ::sched_setaffinity(0, sizeof all, &all);
    return result;
}

/// What is compared takes turns, since the machine may change; medians count.
void real_pages(const InstancePool& pool, const std::vector<std::string>& pages) {
    const riptide::NativeExtractor native;
    throughput(pool, pages, 1);  // warms up
    struct Arm {
        const char* name;
        std::function<Throughput()> measure;
        std::vector<double> per_s, processor_us;
    };
    std::array<Arm, 5> arms{
        {{"one_thread", [&] { return throughput(pool, pages, 1); }, {}, {}},
         {"two_threads", [&] { return throughput(pool, pages, 2); }, {}, {}},
         {"one_thread_on_one_processor", [&] { return on_one_processor(pages); }, {}, {}},
         {"native.one_thread", [&] { return throughput(native, pages, 1); }, {}, {}},
         {"native.two_threads", [&] { return throughput(native, pages, 2); }, {}, {}}}};
    for (int round = 0; round < kRounds; ++round) {
        for (Arm& arm : arms) {
            const Throughput measured = arm.measure();
            arm.per_s.push_back(measured.pages_per_s);
            arm.processor_us.push_back(measured.processor_us);
        }
    }
    for (Arm& arm : arms) {
        std::printf("pages.%s_per_s %.0f\n", arm.name, quantile(arm.per_s, 0.5));
        std::printf("pages.%s_processor_us %.0f\n", arm.name, quantile(arm.processor_us, 0.5));
    }
    const auto print_ratio = [](const char* name, Arm& one, Arm& other) {
        std::printf("pages.%s %.2f\n", name, quantile(one.per_s, 0.5) / quantile(other.per_s, 0.5));
    };
    print_ratio("two_over_one", arms[1], arms[0]);
    print_ratio("two_over_one_on_one_processor", arms[1], arms[2]);
    print_ratio("native.two_over_one", arms[4], arms[3]);
}

}  // namespace

int main(int argc, char** argv) {
    const std::uint64_t calls = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000;
    const std::vector<std::string> pages =
        argc > 2 ? read_pages(argv[2]) : std::vector<std::string>();
    {
        const auto pool = make_pool(ExtractorConfig{});
        processors();
        tiny_page(*pool);
        if (!pages.empty()) real_pages(*pool, pages);
    }
    overload();
    neighbours();
    return long_run(calls) ? 0 : 1;
}
