#include <riptide/circuit_breaker.h>
#include <riptide/health.h>

#include <gtest/gtest.h>

namespace riptide {
namespace {

TEST(Names, of_breaker_states_are_those_of_the_documentation) {
    EXPECT_EQ(to_string(CircuitBreakerState::kClosed), "closed");
    EXPECT_EQ(to_string(CircuitBreakerState::kOpen), "open");
    EXPECT_EQ(to_string(CircuitBreakerState::kHalfOpen), "half-open");
}

TEST(Names, of_health_are_those_of_the_documentation) {
    EXPECT_EQ(to_string(HealthLevel::kHealthy), "healthy");
    EXPECT_EQ(to_string(HealthLevel::kDegraded), "degraded");
    EXPECT_EQ(to_string(HealthLevel::kUnhealthy), "unhealthy");
    EXPECT_EQ(to_string(HealthLevel::kCritical), "critical");
    EXPECT_EQ(to_string(HealthTrend::kImproving), "improving");
    EXPECT_EQ(to_string(HealthTrend::kStable), "stable");
    EXPECT_EQ(to_string(HealthTrend::kDegrading), "degrading");
    EXPECT_EQ(to_string(MemoryPressure::kLow), "low");
    EXPECT_EQ(to_string(MemoryPressure::kMedium), "medium");
    EXPECT_EQ(to_string(MemoryPressure::kHigh), "high");
    EXPECT_EQ(to_string(MemoryPressure::kCritical), "critical");
    EXPECT_EQ(to_string(CanaryResult::kNotRun), "not-run");
    EXPECT_EQ(to_string(CanaryResult::kPassed), "passed");
    EXPECT_EQ(to_string(CanaryResult::kFailed), "failed");
}

}  // namespace
}  // namespace riptide
