// pool_bench [CALLS [LIST]]: what the instance pool does, on this machine.
//
// - tiny page through a warm pool: waiting, and the whole call, as its caller sees it;
// - throughput of 1 and 2 threads on real pages (LIST: a path per line, or id, path, URL);
// - overload: ten times as many clients as instances, and what is refused how fast;
// - neighbours: the slowest calls of others while half the instances are held by endless guests;
// - a long run of CALLS small pages (100,000 when not told) with 1 % of each kind of fault: bytes
//   of another page seen, requests unaccounted, memory, file descriptors and threads before and
//   after. It uses the faulty guest of the tests.
//
// Prints `key value` lines; ends with 1 when the long run found anything wrong.
#include <riptide/instance_pool.h>

#include <dirent.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "bench/measure.h"

namespace {

using namespace std::chrono_literals;
using namespace riptide::bench;
using riptide::Deadline;
using riptide::Document;
using riptide::ExtractorConfig;
using riptide::InstancePool;
using riptide::Request;
using riptide::Result;

constexpr std::string_view kTinyPage =
    "<html><head><title>Hi</title></head><body><p>Hello</p></body></html>";

std::unique_ptr<InstancePool> make_pool(ExtractorConfig config) {
    config.fallback_isolation = riptide::FallbackIsolation::kInProcess;
    auto pool = InstancePool::create(config);
    if (!pool) {
        std::fprintf(stderr, "pool_bench: %s\n", pool.error().detail.c_str());
        std::exit(1);
    }
    return std::move(*pool);
}

Result<Document> call(const InstancePool& pool, std::string_view bytes,
                      std::chrono::milliseconds timeout = 30s) {
    Request request;
    request.bytes = bytes;
    return pool.extract(request, Deadline::after(timeout));
}

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

/// Pages a second of `threads` threads over two passes.
double throughput(const InstancePool& pool, const std::vector<std::string>& pages, int threads) {
    std::atomic<std::size_t> next{0};
    const std::size_t total = 2 * pages.size();
    const auto start = Clock::now();
    std::vector<std::thread> workers;
    for (int i = 0; i < threads; ++i) {
        workers.emplace_back([&] {
            for (std::size_t at = next++; at < total; at = next++) {
                if (!call(pool, pages[at % pages.size()])) std::exit(1);
            }
        });
    }
    for (std::thread& worker : workers) worker.join();
    return static_cast<double>(total) * 1e6 / microseconds(Clock::now() - start);
}

void real_pages(const InstancePool& pool, const std::vector<std::string>& pages) {
    throughput(pool, pages, 1);  // warms up
    const double one = throughput(pool, pages, 1);
    const double two = throughput(pool, pages, 2);
    std::printf("pages.one_thread_per_s %.0f\n", one);
    std::printf("pages.two_threads_per_s %.0f\n", two);
    std::printf("pages.two_over_one %.2f\n", two / one);
}

/// As large as a news page often is, about 100 KB: some text among many links.
std::string usual_page() {
    std::string page = "<html><head><title>The harbour</title></head><body><nav><ul>";
    const auto add_teasers = [&](int count) {
        for (int i = 0; i < count; ++i) {
            const std::string number = std::to_string(i);
            page += "<li class='teaser teaser--" + number + "'><a href='/news/2024/05/item-" +
                    number +
                    "' data-track='list'><span class='kicker'>Harbour</span> A headline "
                    "of some length, number " +
                    number + "</a></li>";
        }
    };
    add_teasers(200);
    page += "</ul></nav><main><article><h1>The harbour</h1>";
    for (int i = 0; i < 60; ++i) {
        page +=
            "<p>The pilots, who had <a href='/people'>waited</a> since dawn, went out in the "
            "first boat; nobody, they said, had seen the water so low, or the piers so bare, "
            "in all of their years on the quay.</p><div class='share'><a href='#'>Share</a></div>";
    }
    page += "</article></main><aside><ul>";
    add_teasers(200);
    return page + "</ul></aside></body></html>";
}

void overload() {
    ExtractorConfig config;
    config.max_pool_size = 2;
    config.queue_length = 8;
    const auto pool = make_pool(config);
    const std::string page = usual_page();
    const auto run = [&](int clients, std::vector<double>& refusals) {
        std::atomic<std::uint64_t> served{0};
        std::atomic<bool> stop{false};
        std::mutex mutex;
        std::vector<std::thread> threads;
        for (int i = 0; i < clients; ++i) {
            threads.emplace_back([&] {
                while (!stop) {
                    const auto start = Clock::now();
                    if (call(*pool, page, 200ms)) {
                        ++served;
                        continue;
                    }
                    const double took = microseconds(Clock::now() - start);
                    {
                        const std::lock_guard lock(mutex);
                        refusals.push_back(took);
                    }
                    std::this_thread::sleep_for(1ms);  // as a client does that was told to wait
                }
            });
        }
        std::this_thread::sleep_for(1s);
        stop = true;
        for (std::thread& thread : threads) thread.join();
        return static_cast<double>(served);
    };
    std::vector<double> refusals;
    const double peak = run(2, refusals);
    refusals.clear();
    const double overloaded = run(20, refusals);
    std::printf("overload.goodput_of_peak %.2f\n", overloaded / peak);
    std::printf("overload.refusals %zu\n", refusals.size());
    if (!refusals.empty()) {
        std::printf("overload.refusal_p99_ms %.2f\n", quantile(refusals, 0.99) / 1000);
    }
}

ExtractorConfig faulty_config() {
    ExtractorConfig config;
    config.component_path = std::string(RIPTIDE_TEST_COMPONENTS) + "/faulty.wasm";
    config.enable_aot_cache = false;
    config.memory_limit = riptide::Bytes::mib(64);
    return config;
}

void neighbours() {
    ExtractorConfig config = faulty_config();
    config.max_pool_size = 2;
    config.epoch_timeout = 10s;
    config.enable_fallback = false;
    const auto pool = make_pool(config);
    const auto p99 = [&] {
        std::vector<double> times;
        for (int i = 0; i < 5'000; ++i) {
            const auto start = Clock::now();
            if (!call(*pool, "echo neighbour")) std::exit(1);
            times.push_back(microseconds(Clock::now() - start));
        }
        return quantile(times, 0.99);
    };
    p99();
    const double alone = p99();
    std::stop_source stop;
    std::thread hog([&] {
        Request request;
        request.bytes = "loop x";
        (void)pool->extract(request, Deadline::after(10s), stop.get_token());
    });
    while (pool->health().active_instances == 0) std::this_thread::yield();
    const double beside = p99();
    stop.request_stop();
    hog.join();
    std::printf("neighbours.alone_p99_us %.1f\n", alone);
    std::printf("neighbours.beside_an_endless_guest_p99_us %.1f\n", beside);
}

std::size_t entries(const char* directory) {
    std::size_t count = 0;
    DIR* open = ::opendir(directory);
    while (::readdir(open) != nullptr) ++count;
    ::closedir(open);
    return count;
}

/// Small pages with faults among them; true when nothing went wrong.
bool long_run(std::uint64_t calls) {
    ExtractorConfig config = faulty_config();
    config.max_pool_size = 4;
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
            // Another page each time, so that none is known to be at fault.
            const std::string tail = " " + needle + std::to_string(at);
            std::string page = "echo" + tail;
            if (at % 100 == 1) page = "trap" + tail;
            if (at % 100 == 2) page = "loop" + tail;
            if (at % 100 == 3) page = "bomb" + tail;
            if (at % 100 == 4) page = "recurse" + tail;
            if (at % 100 == 5) page = "error" + tail;
            if (at % 1000 == 6) page = search;
            const Result<Document> document = call(*pool, page);
            ++answered;
            if (!document || document->engine != riptide::Engine::kWasm) continue;
            if (document->site_name != "1") ++reused;
            if (page == search && document->text != "0") ++foreign;
        }
    };
    const auto run = [&](std::uint64_t until) {
        next = answered.load();
        std::thread other(work, until);
        work(until);
        other.join();
    };
    run(calls / 100);
    const std::size_t rss = resident_kib();
    const std::size_t files = entries("/proc/self/fd");
    const std::size_t threads = entries("/proc/self/task");
    const auto start = Clock::now();
    run(calls);
    const double seconds = microseconds(Clock::now() - start) / 1e6;
    const riptide::PerformanceMetrics metrics = pool->metrics();
    const std::uint64_t accounted = metrics.successful_extractions + metrics.fallback_extractions +
                                    metrics.failed_extractions + metrics.shed_extractions;
    std::printf("long_run.calls %llu\n", static_cast<unsigned long long>(answered.load()));
    std::printf("long_run.calls_per_s %.0f\n", static_cast<double>(calls) * 0.99 / seconds);
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
    std::printf("long_run.resident_kib_late %zu\n", resident_kib());
    std::printf("long_run.files_early %zu\n", files);
    std::printf("long_run.files_late %zu\n", entries("/proc/self/fd"));
    std::printf("long_run.threads_early %zu\n", threads);
    std::printf("long_run.threads_late %zu\n", entries("/proc/self/task"));
    return foreign == 0 && reused == 0 && metrics.total_extractions == accounted &&
           metrics.total_extractions == answered && files == entries("/proc/self/fd");
}

}  // namespace

int main(int argc, char** argv) {
    const std::uint64_t calls = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000;
    const std::vector<std::string> pages =
        argc > 2 ? read_pages(argv[2]) : std::vector<std::string>();
    {
        const auto pool = make_pool(ExtractorConfig{});
        tiny_page(*pool);
        if (!pages.empty()) real_pages(*pool, pages);
    }
    overload();
    neighbours();
    return long_run(calls) ? 0 : 1;
}
