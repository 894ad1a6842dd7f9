#include "io/metrics_text.h"

#include <riptide/instance_pool.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <thread>

namespace riptide::io {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;

/// The samples of a text by name and labels.
std::map<std::string, std::string> samples(const std::string& text) {
    std::map<std::string, std::string> out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("#")) continue;
        const auto space = line.rfind(' ');
        EXPECT_TRUE(out.emplace(line.substr(0, space), line.substr(space + 1)).second) << line;
    }
    return out;
}

std::string metric_of(const std::string& sample) {
    std::string name = sample.substr(0, sample.find('{'));
    for (const std::string_view suffix : {"_bucket", "_sum", "_count"}) {
        if (name.ends_with(suffix)) return name.substr(0, name.size() - suffix.size());
    }
    return name;
}

ServiceFigures figures(const InstancePool& pool) {
    ServiceFigures all;
    all.pool = {pool.metrics(), pool.health(), pool.circuit_breaker()};
    all.process = sys::process_figures();
    return all;
}

Result<Document> call(const InstancePool& pool, std::string_view bytes,
                      std::chrono::milliseconds timeout = 20s) {
    Request request;
    request.bytes = bytes;
    return pool.extract(request, Deadline::after(timeout));
}

TEST(MetricsText, follows_the_conventions) {
    std::set<std::string_view> names;
    for (const MetricSpec& spec : metric_catalogue()) {
        EXPECT_TRUE(names.insert(spec.name).second) << spec.name;
        EXPECT_TRUE(spec.name.starts_with("riptide_") || spec.name.starts_with("process_"))
            << spec.name;
        EXPECT_EQ(spec.name.ends_with("_total"), spec.type == MetricType::kCounter) << spec.name;
        EXPECT_TRUE(spec.help.ends_with('.')) << spec.name;
    }
    EXPECT_THAT(metrics_text({}),
                HasSubstr("# HELP riptide_wasm_requests_total Requests that came; each ends in one "
                          "result.\n# TYPE riptide_wasm_requests_total counter\n"
                          "riptide_wasm_requests_total 0\n"));
}

TEST(MetricsText, writes_histograms_that_never_fall) {
    ServiceFigures all;
    Distribution& times = all.pool.metrics.processing;
    times.count = 5;
    times.sum = 2s;
    times.at_most.fill(4);
    times.at_most[0] = 1;
    const auto found = samples(metrics_text(all));
    EXPECT_EQ(found.at("riptide_wasm_processing_seconds_bucket{le=\"1e-05\"}"), "1");
    EXPECT_EQ(found.at("riptide_wasm_processing_seconds_bucket{le=\"2.5e-05\"}"), "4");
    EXPECT_EQ(found.at("riptide_wasm_processing_seconds_bucket{le=\"+Inf\"}"), "5");
    EXPECT_EQ(found.at("riptide_wasm_processing_seconds_sum"), "2");
    EXPECT_EQ(found.at("riptide_wasm_processing_seconds_count"), "5");
}

TEST(MetricsText, every_metric_moves_under_load) {
    ExtractorConfig config;
    config.max_pool_size = 1;
    config.initial_pool_size = 0;  // so that the first call finds no slot ready
    config.queue_length = 1;
    config.memory_limit = Bytes::mib(64);
    config.enable_aot_cache = false;
    config.component_path = std::string(RIPTIDE_TEST_COMPONENTS) + "/faulty.wasm";
    config.epoch_timeout = 300ms;
    config.circuit_breaker_timeout = 10ms;
    const auto pool = InstancePool::create(config).value();
    std::map<std::string, std::set<std::string>> seen;
    const auto look = [&] {
        for (const auto& [sample, value] : samples(metrics_text(figures(*pool)))) {
            seen[metric_of(sample)].insert(sample + " " + value);
        }
    };
    const std::size_t samples_each = samples(metrics_text({})).size();
    look();
    for (const char* page : {"echo x", "empty", "error x", "trap x", "loop x", "bomb x"}) {
        (void)call(*pool, page);
    }
    look();
    // One runs, one waits, one is shed.
    std::thread hog([&] { (void)call(*pool, "loop y"); });
    while (pool->health().active_instances == 0) std::this_thread::yield();
    std::thread waiter([&] { (void)call(*pool, "echo y"); });
    while (pool->metrics().requests_waiting == 0) std::this_thread::yield();
    (void)call(*pool, "echo z");
    look();
    hog.join();
    waiter.join();
    ASSERT_TRUE(pool->reload(config.component_path));
    look();
    EXPECT_EQ(samples(metrics_text(figures(*pool))).size(), samples_each);
    // These follow from the start, from a failing engine, from helpers that die, or from the moment
    // at which one looks; that they are exported as they are is shown by other tests.
    const std::set<std::string_view> steady = {"riptide_wasm_memory_pages",
                                               "riptide_wasm_helpers",
                                               "riptide_wasm_health_level",
                                               "riptide_wasm_memory_allowed_bytes",
                                               "riptide_wasm_start_seconds",
                                               "riptide_wasm_start_target_missed",
                                               "riptide_wasm_sandbox_up",
                                               "riptide_wasm_ticker_stuck",
                                               "riptide_wasm_canary",
                                               "riptide_wasm_circuit_breaker_state",
                                               "riptide_wasm_circuit_breaker_transitions_total",
                                               "riptide_wasm_helper_refused_total",
                                               "riptide_wasm_helper_deaths_total"};
    for (const MetricSpec& spec : metric_catalogue()) {
        const std::set<std::string>& values = seen[std::string(spec.name)];
        std::set<std::string> keys;
        for (const std::string& value : values) keys.insert(value.substr(0, value.rfind(' ')));
        ASSERT_FALSE(keys.empty()) << spec.name;
        if (!spec.name.starts_with("riptide_wasm_")) continue;
        if (!steady.contains(spec.name)) {
            EXPECT_GT(values.size(), keys.size()) << spec.name;
        }
    }
    ServiceFigures open = figures(*pool);
    open.pool.breaker.state = CircuitBreakerState::kOpen;
    open.pool.breaker.trips = 1;
    EXPECT_THAT(samples(metrics_text(open)),
                Contains(std::pair<const std::string, std::string>(
                    "riptide_wasm_circuit_breaker_state{state=\"open\"}", "1")));
    EXPECT_THAT(samples(metrics_text(open)),
                Contains(std::pair<const std::string, std::string>(
                    "riptide_wasm_circuit_breaker_transitions_total{kind=\"trip\"}", "1")));
}

/// RIPTIDE_UPDATE_DOCS=1 writes the page instead.
TEST(MetricsText, are_all_documented) {
    const std::string path = std::string(RIPTIDE_DOCS) + "/metrics.md";
    if (std::getenv("RIPTIDE_UPDATE_DOCS") != nullptr) {
        std::ofstream(path) << metrics_page();
    }
    std::ifstream file(path);
    const std::string page{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(page, metrics_page());
}

}  // namespace
}  // namespace riptide::io
