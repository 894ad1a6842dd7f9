// health FILE CHECKS: keeps a pool busy with a page, and tells so many times, a second apart, how
// the pool is doing: what a program of yours would send to its monitoring. The last check is one on
// demand.
#include <riptide/instance_pool.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>

namespace {

using namespace std::chrono_literals;

std::string read(const char* path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void print(const char* name, std::string_view text) {
    std::printf("  %s %.*s", name, static_cast<int>(text.size()), text.data());
}

double milliseconds(std::chrono::nanoseconds time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

void report(const riptide::PoolHealthStatus& health, const riptide::PerformanceMetrics& metrics) {
    print("level", to_string(health.level));
    print("breaker", to_string(health.breaker));
    print("canary", to_string(health.canary));
    print("trend", to_string(health.trend));
    std::printf("  in use %.0f %%  served %.0f %%  natively %.0f %%", 100 * health.utilization,
                100 * health.success_rate, 100 * health.fallback_rate);
    std::printf("  p50 %.2f ms  p99 %.2f ms", milliseconds(metrics.processing.p50),
                milliseconds(metrics.processing.p99));
    if (health.utilization_forecast) {
        std::printf("  soon in use %.0f %%", 100 * health.utilization_forecast->expected);
    }
    if (!health.sandbox_error.empty()) print("no sandbox:", health.sandbox_error);
    std::printf("\n");
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: health FILE CHECKS\n");
        return 2;
    }
    riptide::ExtractorConfig config;
    config.health_interval = 1s;
    auto pool = riptide::InstancePool::create(config);
    if (!pool) {
        std::fprintf(stderr, "health: %s\n", pool.error().detail.c_str());
        return 1;
    }

    const std::string page = read(argv[1]);
    std::atomic<bool> ended{false};
    std::thread load([&] {
        riptide::Request request;
        request.bytes = page;
        while (!ended) {
            const auto document = (*pool)->extract(request, riptide::Deadline::after(10s));
            if (!document) std::fprintf(stderr, "health: %s\n", document.error().detail.c_str());
            std::this_thread::sleep_for(1ms);
        }
    });
    riptide::PoolHealthMonitor& monitor = (*pool)->health_monitor();
    for (int left = std::atoi(argv[2]); left > 1; --left) {
        std::this_thread::sleep_for(1s);
        report(monitor.get_current_health(), (*pool)->metrics());
    }
    report(monitor.check(), (*pool)->metrics());
    ended = true;
    load.join();
    return 0;
}
