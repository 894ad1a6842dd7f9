#include "io/status_json.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace riptide::io {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

/// What a JSON pointer finds, as text.
std::string at(const json::object& object, std::string_view pointer) {
    return json::serialize(json::value(object).at_pointer(pointer));
}

TEST(StatusJson, tells_the_level_and_what_it_was_found_from) {
    PoolFigures figures;
    figures.health.level = HealthLevel::kDegraded;
    figures.health.success_rate = 0.875;
    figures.health.fallback_rate = 0.25;
    figures.health.utilization = 0.5;
    figures.health.memory_ratio = 0.75;
    figures.health.memory_pressure = MemoryPressure::kMedium;
    figures.health.memory = {Bytes::mib(3), Bytes::mib(4), 2, 7};
    figures.health.canary = CanaryResult::kPassed;
    figures.health.utilization_forecast = Forecast{5min, 0.5, 0.25, 0.75};
    figures.breaker.state = CircuitBreakerState::kOpen;
    figures.breaker.open_time_left = 1500ms;
    figures.metrics.requests_waiting = 3;
    const json::object health = health_json(figures);
    EXPECT_EQ(at(health, "/level"), R"("degraded")");
    EXPECT_EQ(at(health, "/success_ratio"), "8.75E-1");
    EXPECT_EQ(at(health, "/fallback_ratio"), "2.5E-1");
    EXPECT_EQ(at(health, "/memory"),
              R"({"committed_bytes":3145728,"allowed_bytes":4194304,"ratio":7.5E-1,)"
              R"("pressure":"medium","peak_bytes":131072,"grow_failures_total":7})");
    EXPECT_EQ(at(health, "/canary"), R"("passed")");
    EXPECT_EQ(at(health, "/circuit_breaker/state"), R"("open")");
    EXPECT_EQ(at(health, "/circuit_breaker/open_seconds_left"), "1.5E0");
    EXPECT_EQ(at(health, "/requests_waiting"), "3");
    EXPECT_EQ(at(health, "/forecast/utilization/horizon_seconds"), "3E2");
    EXPECT_EQ(at(health, "/forecast/memory"), "null");
    EXPECT_EQ(at(health, "/sandbox_error"), "null");
}

TEST(StatusJson, a_missing_sandbox_and_a_stuck_ticker_are_told) {
    PoolFigures figures;
    figures.health.sandbox_error = "no such file";
    figures.health.ticker_is_stuck = true;
    const json::object health = health_json(figures);
    EXPECT_EQ(at(health, "/sandbox_error"), R"("no such file")");
    EXPECT_EQ(at(health, "/ticker"), R"("stuck")");
}

TEST(StatusJson, times_are_ages_and_never_negative) {
    AdminStatus status;
    status.now = std::chrono::steady_clock::time_point{100s};
    status.wall_clock_now = std::chrono::system_clock::time_point{1000s};
    status.recent_errors = {
        {status.now - 2s, ErrorClass::kTooLarge, "too large", "id-1"},
        {status.now + 2s, ErrorClass::kTrap, "trap", ""},
    };
    status.pool.breaker.history = {{status.now - 8s, CircuitBreakerState::kClosed,
                                    CircuitBreakerState::kOpen, "15 of 20 calls failed"}};
    status.instances.resize(2);
    status.instances[0].created_at = status.wall_clock_now - 4s;
    const json::object admin = admin_json(status);
    EXPECT_EQ(at(admin, "/recent_errors"),
              R"([{"age_seconds":2E0,"class":"too-large","detail":"too large",)"
              R"("request_id":"id-1"},{"age_seconds":0E0,"class":"trap","detail":"trap",)"
              R"("request_id":null}])");
    EXPECT_EQ(
        at(admin, "/circuit_breaker_transitions"),
        R"([{"age_seconds":8E0,"from":"closed","to":"open","cause":"15 of 20 calls failed"}])");
    EXPECT_EQ(at(admin, "/instances/0/store_age_seconds"), "4E0");
    EXPECT_EQ(at(admin, "/instances/1/store_age_seconds"), "null");
    EXPECT_EQ(at(admin, "/instances/1/last_used_age_seconds"), "null");
}

TEST(StatusJson, a_secret_is_never_told) {
    AdminStatus status;
    status.configuration = {
        {"http.admin_token", "hunter2", "environment", Secrecy::kSecret},
        {"other.secret", "", "default", Secrecy::kSecret},
        {"wasm.timeout_secs", "30", "default"},
    };
    const json::object admin = admin_json(status);
    EXPECT_EQ(json::serialize(admin).find("hunter2"), std::string::npos);
    EXPECT_EQ(at(admin, "/configuration/0/value"), R"("***")");
    EXPECT_EQ(at(admin, "/configuration/1/value"), R"("")");
    EXPECT_EQ(at(admin, "/configuration/2/value"), R"("30")");
}

TEST(StatusJson, every_result_is_counted_once) {
    AdminStatus status;
    PerformanceMetrics& metrics = status.pool.metrics;
    metrics.total_extractions = 100;
    metrics.successful_extractions = 70;
    metrics.empty_extractions = 20;
    metrics.fallback_extractions = 15;
    metrics.failed_extractions = 10;
    metrics.shed_extractions = 5;
    metrics.errors[static_cast<std::size_t>(ErrorClass::kOverloaded)] = 5;
    metrics.fallbacks[static_cast<std::size_t>(FallbackReason::kTrap)] = 15;
    metrics.processing.at_most[0] = 9;
    const json::object admin = admin_json(status);
    const json::object& counts = admin.at("counts").as_object();
    std::uint64_t ended = 0;
    for (const char* result : {"ok", "empty", "fallback", "error", "shed"}) {
        ended += counts.at(std::string(result) + "_total").to_number<std::uint64_t>();
    }
    EXPECT_EQ(ended, 100U);
    EXPECT_EQ(at(admin, "/errors/overloaded"), "5");
    EXPECT_EQ(at(admin, "/fallbacks/trap"), "15");
    EXPECT_EQ(at(admin, "/processing/buckets/0"), R"({"at_most_seconds":1E-5,"count":9})");
}

}  // namespace
}  // namespace riptide::io
