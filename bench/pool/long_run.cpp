#include <dirent.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "bench/measure.h"
#include "bench/pool/parts.h"

namespace riptide::bench {
namespace {

using namespace std::chrono_literals;

std::size_t entries(const char* directory) {
    std::size_t count = 0;
    DIR* open = ::opendir(directory);
    while (::readdir(open) != nullptr) ++count;
    ::closedir(open);
    return count;
}

constexpr std::uint32_t kInstances = 4;
constexpr std::uint64_t kEarlyCalls = 10'000;
/// The first of them, by all instances at once. A slot keeps what its calls wrote up to a limit,
/// and the pool takes the slot that was used last: without these some slots are filled much later.
constexpr std::uint64_t kFillingCalls = 200;
constexpr std::uint64_t kFirstPage = 1'000'000'000;
constexpr std::size_t kMayGrowKib = 4096;

}  // namespace

bool long_run(std::uint64_t calls) {
    ExtractorConfig config = faulty_config();
    config.max_pool_size = kInstances;
    config.epoch_timeout = 10ms;
    const auto pool = make_pool(config);
    constexpr std::string_view kReversedNeedle = "c0ffee-elpoep-rehto";
    const std::string needle(kReversedNeedle.rbegin(), kReversedNeedle.rend());
    const std::string search = "search " + std::string(kReversedNeedle);
    std::atomic<std::uint64_t> next{0};
    std::atomic<std::uint64_t> foreign{0};
    std::atomic<std::uint64_t> answered{0};
    std::atomic<std::uint64_t> reused{0};
    const auto work = [&](std::uint64_t until) {
        for (std::uint64_t at = next++; at < until; at = next++) {
            // Another page each time, so that none is known to be at fault. All are as long: the
            // guest fills a part of its memory with the tail that depends on the tail's length,
            // and what it wrote stays resident.
            const std::string tail = " " + needle + std::to_string(kFirstPage + at);
            std::string page = "echo" + tail;
            if (at % 100 == 1) page = "trap" + tail;
            if (at % 100 == 2) page = "loop" + tail;
            if (at % 100 == 3 || at < kFillingCalls) page = "bomb" + tail;
            if (at % 100 == 4) page = "recurse" + tail;
            if (at % 100 == 5) page = "error" + tail;
            if (at % 1000 == 6) page = search;
            const Result<Document> document = call(*pool, page);
            ++answered;
            if (!document || document->engine != Engine::kWasm) continue;
            if (document->site_name != "1") ++reused;
            if (page == search && document->text != "0") ++foreign;
        }
    };
    const auto run = [&](std::uint64_t until, std::uint32_t threads) {
        next = answered.load();
        std::vector<std::jthread> workers;
        for (std::uint32_t i = 0; i < threads; ++i) workers.emplace_back(work, until);
    };
    const std::uint64_t early = std::min(kEarlyCalls, calls / 2);
    run(std::min(kFillingCalls, early), kInstances);
    run(early, 2);
    const std::size_t rss = resident_kib();
    const std::size_t files = entries("/proc/self/fd");
    const std::size_t threads = entries("/proc/self/task");
    const auto start = Clock::now();
    run(calls, 2);
    const double seconds = microseconds(Clock::now() - start) / 1e6;
    const std::size_t rss_late = resident_kib();
    const PerformanceMetrics metrics = pool->metrics();
    const std::uint64_t accounted = metrics.successful_extractions + metrics.fallback_extractions +
                                    metrics.failed_extractions + metrics.shed_extractions;
    std::printf("long_run.calls %llu\n", static_cast<unsigned long long>(answered.load()));
    std::printf("long_run.calls_per_s %.0f\n", static_cast<double>(calls - early) / seconds);
    std::printf("long_run.foreign_bytes_seen %llu\n",
                static_cast<unsigned long long>(foreign.load()));
    std::printf("long_run.stores_used_twice %llu\n",
                static_cast<unsigned long long>(reused.load()));
    std::printf("long_run.unaccounted %lld\n",
                static_cast<long long>(metrics.total_extractions - accounted));
    std::printf("long_run.breaker_trips %llu\n",
                static_cast<unsigned long long>(metrics.circuit_breaker_trips));
    std::printf("long_run.fallbacks %llu\n",
                static_cast<unsigned long long>(metrics.fallback_extractions));
    std::printf("long_run.resident_kib_early %zu\n", rss);
    std::printf("long_run.resident_kib_late %zu\n", rss_late);
    std::printf("long_run.files_early %zu\n", files);
    std::printf("long_run.files_late %zu\n", entries("/proc/self/fd"));
    std::printf("long_run.threads_early %zu\n", threads);
    std::printf("long_run.threads_late %zu\n", entries("/proc/self/task"));
    return foreign == 0 && reused == 0 && metrics.total_extractions == accounted &&
           metrics.total_extractions == answered && files == entries("/proc/self/fd") &&
           (calls < 2 * kEarlyCalls || rss_late <= rss + kMayGrowKib);
}

}  // namespace riptide::bench
