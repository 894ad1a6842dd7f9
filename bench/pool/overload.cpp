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
    double processor_us = 0;  ///< Of the whole process.
    Counts counts;
};

/// Each of `clients` threads calls `client`.
Answers all_of(std::uint32_t clients, const std::function<void(Counts& own)>& client) {
    std::vector<Counts> counts(clients);
    const double used = processor_time_us();
    const auto start = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (Counts& own : counts) threads.emplace_back([&client, &own] { client(own); });
    }
    const double seconds = microseconds(Clock::now() - start) / 1e6;
    Answers all;
    all.processor_us = processor_time_us() - used;
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

/// Each client calls `client` when a request is due, by the clock: whatever has become of those
/// before.
Answers by_the_clock(std::uint32_t clients, double per_s,
                     const std::function<void(Clock::time_point due, Counts& own)>& client) {
    const auto interval = std::chrono::duration_cast<Clock::duration>(1s / per_s);
    const auto start = Clock::now();
    std::atomic<std::int64_t> next{0};
    return all_of(clients, [&](Counts& counts) {
        for (;;) {
            const auto due = start + next++ * interval;
            if (due >= start + kRoundTime) return;
            std::this_thread::sleep_until(due);
            client(due, counts);
        }
    });
}

/// As many clients as can be in the pool, and some more for what is refused meanwhile.
std::uint32_t clocked_clients(std::uint32_t instances) { return instances + kQueue + 4; }

Answers open_loop(const InstancePool& pool, const std::string& page, std::uint32_t instances,
                  double per_s) {
    return by_the_clock(
        clocked_clients(instances), per_s,
        [&](Clock::time_point due, Counts& counts) { ask(pool, page, due, counts); });
}

/// A closed loop beside as many clients as an open one has, and as often awake, that ask for
/// nothing: the peak where the clients of an open loop have to live on the same processors.
Answers closed_loop_beside_clocks(const InstancePool& pool, const std::string& page,
                                  std::uint32_t instances, double per_s) {
    const std::jthread clocks([&] {
        by_the_clock(clocked_clients(instances), per_s, [](Clock::time_point, Counts&) {});
    });
    return closed_loop(pool, page, instances);
}

/// A load, over all rounds.
struct Load {
    std::string name;
    std::vector<double> of_peak;
    double processor_us = 0;
    Counts counts;

    void add(const Answers& answers, double peak) {
        of_peak.push_back(answers.served_per_s / peak);
        processor_us += answers.processor_us;
        counts.add(answers.counts);
    }
    void print() {
        const char* const key = name.c_str();
        std::printf("overload.%s.processor_us_per_served %.0f\n", key,
                    processor_us / static_cast<double>(counts.served));
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
    Load at_peak{shape + ".peak", {}, 0, {}};
    Load beside_clocks{shape + ".peak_beside_clocks", {}, 0, {}};
    Load open{shape + ".open_loop", {}, 0, {}};
    Load closed{shape + ".closed_loop", {}, 0, {}};
    for (int round = 0; round < kRounds; ++round) {
        const Answers answers = closed_loop(*pool, page, instances);
        const double peak = answers.served_per_s;
        peaks.push_back(peak);
        at_peak.add(answers, peak);
        const double too_much = kTimesTooMuch * peak;
        beside_clocks.add(closed_loop_beside_clocks(*pool, page, instances, too_much), peak);
        open.add(open_loop(*pool, page, instances, too_much), peak);
        closed.add(closed_loop(*pool, page, kTimesTooMuch * instances), peak);
    }
    std::printf("overload.%s.peak_per_s %.0f\n", shape.c_str(), quantile(peaks, 0.5));
    for (Load* load : {&at_peak, &beside_clocks, &open, &closed}) load->print();
}

}  // namespace

void overload() {
    overload_of(ExtractorConfig().max_pool_size);
    overload_of(2);
}

}  // namespace riptide::bench
