#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "io/metrics_text.h"

namespace riptide::io {
namespace {

using namespace std::chrono_literals;

/// Gives each counter and gauge a number of its own, and remembers which.
class Numbers {
public:
    template <typename Number>
    void set(Number& number) {
        number = static_cast<Number>(next_++);
    }
    template <typename Element, std::size_t kCount>
    void set(std::array<Element, kCount>& elements) {
        for (Element& element : elements) set(element);
    }
    void set(Bytes& bytes) { set(bytes.count); }
    void set(std::chrono::nanoseconds& time) { time = std::chrono::seconds(next_++); }
    void set(Distribution& times) {
        set(times.sum);
        set(times.at_most);
        // Once as _count, once as the last bucket.
        set(times.count);
        twice_.push_back(next_ - 1);
    }

    [[nodiscard]] int first() const { return kFirst; }
    [[nodiscard]] int end() const { return next_; }
    [[nodiscard]] int times_expected(int number) const {
        return std::ranges::count(twice_, number) > 0 ? 2 : 1;
    }

private:
    static constexpr int kFirst = 1001;
    int next_ = kFirst;
    std::vector<int> twice_;
};

std::map<std::string, int> values_of(const std::string& text) {
    std::map<std::string, int> values;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("#")) ++values[line.substr(line.rfind(' ') + 1)];
    }
    return values;
}

TEST(ServiceMetrics, every_figure_of_server_helpers_process_and_log_is_exported_once) {
    ServiceFigures all;
    Numbers numbers;
    numbers.set(all.http.requests);
    numbers.set(all.http.duration);
    numbers.set(all.http.refused);
    numbers.set(all.http.timeouts);
    numbers.set(all.http.batch_lines);
    numbers.set(all.http.connections_accepted);
    numbers.set(all.http.disconnects);
    numbers.set(all.http.bytes_received);
    numbers.set(all.http.bytes_sent);
    numbers.set(all.http.open_connections);
    numbers.set(all.http.requests_in_flight);
    HelperStats& helpers = all.pool.metrics.helpers;
    numbers.set(helpers.zygote_starts);
    numbers.set(helpers.starts);
    numbers.set(helpers.calls);
    numbers.set(helpers.answers);
    numbers.set(helpers.overloaded);
    numbers.set(helpers.expired);
    numbers.set(helpers.deaths);
    numbers.set(helpers.ready);
    numbers.set(helpers.waiting);
    numbers.set(all.pool.metrics.wasm_memory_pages);
    numbers.set(all.process.resident_memory);
    numbers.set(all.process.virtual_memory);
    numbers.set(all.process.open_descriptors);
    numbers.set(all.process.max_descriptors);
    numbers.set(all.process.threads);
    numbers.set(all.process.cpu_time);
    numbers.set(all.log.lines);
    numbers.set(all.log.dropped);
    const std::map<std::string, int> values = values_of(metrics_text(all));
    for (int number = numbers.first(); number < numbers.end(); ++number) {
        const auto found = values.find(std::to_string(number));
        ASSERT_NE(found, values.end()) << number;
        EXPECT_EQ(found->second, numbers.times_expected(number)) << number;
    }
}

TEST(ServiceMetrics, samples_carry_their_labels) {
    ServiceFigures all;
    all.version = "1.2.3";
    all.http.requests[static_cast<std::size_t>(HttpRoute::kBatch)][4] = 7;
    all.http.duration[0].count = 3;
    all.pool.health.sandbox_error = "no component";
    all.pool.health.start_target_missed = true;
    all.pool.health.level = HealthLevel::kCritical;
    all.process.started = std::chrono::system_clock::time_point(1'764'000'001'250ms);
    const std::string text = metrics_text(all);
    for (const char* line :
         {"riptide_http_requests_total{route=\"batch\",status=\"5xx\"} 7",
          "riptide_http_request_duration_seconds_bucket{route=\"extract\",le=\"+Inf\"} 3",
          "riptide_http_request_duration_seconds_count{route=\"extract\"} 3",
          "riptide_wasm_sandbox_up 0", "riptide_wasm_health_level{level=\"critical\"} 1",
          "riptide_wasm_start_target_missed 1", "riptide_wasm_canary{result=\"not-run\"} 1",
          "process_start_time_seconds 1764000001.25", "riptide_build_info{version=\"1.2.3\"} 1"}) {
        EXPECT_NE(text.find(std::string("\n") + line + "\n"), std::string::npos) << line;
    }
}

}  // namespace
}  // namespace riptide::io
