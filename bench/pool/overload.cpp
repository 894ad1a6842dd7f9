#include <atomic>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "bench/measure.h"
#include "bench/pool/parts.h"

namespace riptide::bench {
namespace {

using namespace std::chrono_literals;

constexpr int kRounds = 5;
constexpr Clock::duration kRoundTime = 1s;
constexpr std::uint32_t kQueue = 8;
constexpr int kTimesTooMuch = 10;

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

/// What became of requests.
struct Counts {
    std::uint64_t served = 0;
    // Of those that were refused, until they were.
    std::vector<double> since_due_us;
    std::vector<double> since_call_us;

    void add(const Counts& other) {
        served += other.served;
        since_due_us.insert(since_due_us.end(), other.since_due_us.begin(),
                            other.since_due_us.end());
        since_call_us.insert(since_call_us.end(), other.since_call_us.begin(),
                             other.since_call_us.end());
    }
};

/// What became of those of all clients.
struct Answers {
    double served_per_s = 0;
    Counts counts;
};

/// Each of `clients` threads calls `client`.
Answers all_of(std::uint32_t clients, const std::function<void(Counts& own)>& client) {
    std::vector<Counts> counts(clients);
    const auto start = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (Counts& own : counts) threads.emplace_back([&client, &own] { client(own); });
    }
    const double seconds = microseconds(Clock::now() - start) / 1e6;
    Answers all;
    for (const Counts& own : counts) all.counts.add(own);
    all.served_per_s = static_cast<double>(all.counts.served) / seconds;
    return all;
}

/// Asks for what was due at `due`; true when it is served.
bool ask(const InstancePool& pool, const std::string& page, Clock::time_point due, Counts& counts) {
    const auto start = Clock::now();
    if (call(pool, page, 200ms)) {
        ++counts.served;
        return true;
    }
    const auto end = Clock::now();
    counts.since_due_us.push_back(microseconds(end - due));
    counts.since_call_us.push_back(microseconds(end - start));
    return false;
}

/// Each client asks again once it has its answer; who is refused, after a millisecond.
Answers closed_loop(const InstancePool& pool, const std::string& page, std::uint32_t clients) {
    const auto end = Clock::now() + kRoundTime;
    return all_of(clients, [&](Counts& counts) {
        for (auto now = Clock::now(); now < end; now = Clock::now()) {
            if (!ask(pool, page, now, counts)) std::this_thread::sleep_for(1ms);
        }
    });
}

/// Requests are due by the clock, whatever has become of those before.
Answers open_loop(const InstancePool& pool, const std::string& page, std::uint32_t instances,
                  double per_s) {
    // As many clients as can be in the pool, and some more for what is refused meanwhile.
    const std::uint32_t clients = instances + kQueue + 4;
    const auto interval = std::chrono::duration_cast<Clock::duration>(1s / per_s);
    const auto start = Clock::now();
    std::atomic<std::int64_t> next{0};
    return all_of(clients, [&](Counts& counts) {
        for (;;) {
            const auto due = start + next++ * interval;
            if (due >= start + kRoundTime) return;
            std::this_thread::sleep_until(due);
            ask(pool, page, due, counts);
        }
    });
}

/// A load beyond the peak, over all rounds.
struct Overload {
    std::string name;
    std::vector<double> of_peak;
    Counts counts;

    void add(const Answers& answers, double peak) {
        of_peak.push_back(answers.served_per_s / peak);
        counts.add(answers.counts);
    }
    void print() {
        const char* const key = name.c_str();
        std::printf("overload.%s.goodput_of_peak %.2f\n", key, quantile(of_peak, 0.5));
        std::printf("overload.%s.refusals %zu\n", key, counts.since_due_us.size());
        if (counts.since_due_us.empty()) return;
        std::printf("overload.%s.refused_since_due_p50_us %.1f\n", key,
                    quantile(counts.since_due_us, 0.5));
        std::printf("overload.%s.refused_since_due_p99_us %.1f\n", key,
                    quantile(counts.since_due_us, 0.99));
        std::printf("overload.%s.refused_since_call_p99_us %.1f\n", key,
                    quantile(counts.since_call_us, 0.99));
    }
};

void overload_of(std::uint32_t instances) {
    ExtractorConfig config;
    config.max_pool_size = instances;
    config.queue_length = kQueue;
    const auto pool = make_pool(config);
    const std::string page = usual_page();
    closed_loop(*pool, page, instances);  // warms up
    const std::string shape = std::to_string(instances) + "_instances";
    std::vector<double> peaks;
    Overload open{shape + ".open_loop", {}, {}};
    Overload closed{shape + ".closed_loop", {}, {}};
    for (int round = 0; round < kRounds; ++round) {
        const double peak = closed_loop(*pool, page, instances).served_per_s;
        peaks.push_back(peak);
        open.add(open_loop(*pool, page, instances, kTimesTooMuch * peak), peak);
        closed.add(closed_loop(*pool, page, kTimesTooMuch * instances), peak);
    }
    std::printf("overload.%s.peak_per_s %.0f\n", shape.c_str(), quantile(peaks, 0.5));
    open.print();
    closed.print();
}

}  // namespace

void overload() {
    overload_of(ExtractorConfig().max_pool_size);
    overload_of(2);
}

}  // namespace riptide::bench
