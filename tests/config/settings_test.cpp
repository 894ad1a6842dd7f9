#include "config/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riptide::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

FlagValue flag(std::string_view name, std::string value) {
    return {find_option(name), std::move(value)};
}

TEST(Settings, defaults_are_those_of_the_public_config) {
    const auto settings = resolve({}, {});
    ASSERT_TRUE(settings);
    const ExtractorConfig expected;
    const ExtractorConfig& config = settings->config;
    EXPECT_EQ(config.max_pool_size, expected.max_pool_size);
    EXPECT_EQ(config.extraction_timeout, expected.extraction_timeout);
    EXPECT_EQ(config.memory_limit, expected.memory_limit);
    EXPECT_EQ(config.body_limit, expected.body_limit);
    EXPECT_EQ(config.enable_epoch_timeouts, expected.enable_epoch_timeouts);
    EXPECT_EQ(config.epoch_timeout, expected.epoch_timeout);
    EXPECT_EQ(config.enable_reuse, expected.enable_reuse);
    EXPECT_EQ(config.enable_simd, expected.enable_simd);
    EXPECT_EQ(config.enable_aot_cache, expected.enable_aot_cache);
    EXPECT_EQ(config.aot_cache_directory, expected.aot_cache_directory);
    EXPECT_EQ(config.component_path, expected.component_path);
    EXPECT_EQ(config.initial_pool_size, expected.initial_pool_size);
    EXPECT_EQ(config.queue_length, expected.queue_length);
    EXPECT_EQ(config.enable_metrics, expected.enable_metrics);
    EXPECT_EQ(config.cold_start_target, expected.cold_start_target);
    EXPECT_EQ(config.enable_fallback, expected.enable_fallback);
    EXPECT_EQ(config.circuit_breaker_failure_threshold, expected.circuit_breaker_failure_threshold);
    EXPECT_EQ(config.circuit_breaker_timeout, expected.circuit_breaker_timeout);
    EXPECT_EQ(config.health_interval, expected.health_interval);
    const ServiceConfig& service = settings->service;
    const ServiceConfig usual;
    EXPECT_EQ(service.listen, usual.listen);
    EXPECT_EQ(service.admin_listen, usual.admin_listen);
    EXPECT_EQ(service.admin_token, usual.admin_token);
    EXPECT_EQ(service.admin_token_file, usual.admin_token_file);
    EXPECT_EQ(service.io_threads, usual.io_threads);
    EXPECT_EQ(service.max_connections, usual.max_connections);
    EXPECT_EQ(service.requests_per_connection, usual.requests_per_connection);
    EXPECT_EQ(service.header_limit_kib, usual.header_limit_kib);
    EXPECT_EQ(service.header_timeout, usual.header_timeout);
    EXPECT_EQ(service.body_timeout, usual.body_timeout);
    EXPECT_EQ(service.idle_timeout, usual.idle_timeout);
    EXPECT_EQ(service.write_timeout, usual.write_timeout);
    EXPECT_EQ(service.drain_timeout, usual.drain_timeout);
    EXPECT_EQ(service.batch_in_flight, usual.batch_in_flight);
    EXPECT_EQ(service.rate_limit, usual.rate_limit);
    EXPECT_EQ(service.log_level, usual.log_level);
    EXPECT_EQ(service.log_format, usual.log_format);
    EXPECT_THAT(settings->warnings, IsEmpty());
    for (const Setting& setting : settings->settings) {
        EXPECT_EQ(setting.source, Source::kDefault);
        EXPECT_EQ(setting.value, setting.option->default_value);
    }
}

TEST(Settings, every_option_reaches_the_config_from_the_environment) {
    const auto settings = resolve({{"RIPTIDE_WASM_INSTANCES_PER_WORKER", "3"},
                                   {"RIPTIDE_WASM_TIMEOUT_SECS", "7"},
                                   {"RIPTIDE_WASM_MEMORY_LIMIT_MB", "64"},
                                   {"RIPTIDE_WASM_MEMORY_LIMIT_PAGES", "2048"},
                                   {"RIPTIDE_WASM_ENABLE_REUSE", "no"},
                                   {"RIPTIDE_WASM_ENABLE_SIMD", "off"},
                                   {"RIPTIDE_WASM_ENABLE_AOT_CACHE", "false"},
                                   {"RIPTIDE_WASM_ENABLE_EPOCH_TIMEOUTS", "0"},
                                   {"RIPTIDE_WASM_EPOCH_TIMEOUT_MS", "250"},
                                   {"RIPTIDE_WASM_COMPONENT", "/opt/other.wasm"},
                                   {"RIPTIDE_BODY_LIMIT_MB", "2"},
                                   {"RIPTIDE_AOT_CACHE_DIR", "/var/cache/riptide"},
                                   {"RIPTIDE_WASM_INITIAL_POOL_SIZE", "1"},
                                   {"RIPTIDE_WASM_QUEUE_LENGTH", "0"},
                                   {"RIPTIDE_WASM_ENABLE_METRICS", "no"},
                                   {"RIPTIDE_WASM_COLD_START_TARGET_MS", "20"},
                                   {"RIPTIDE_WASM_ENABLE_FALLBACK", "no"},
                                   {"RIPTIDE_WASM_CIRCUIT_BREAKER_FAILURE_THRESHOLD", "60"},
                                   {"RIPTIDE_WASM_CIRCUIT_BREAKER_TIMEOUT_SECS", "3"},
                                   {"RIPTIDE_HEALTH_INTERVAL_SECS", "4"},
                                   {"RIPTIDE_LISTEN", "0.0.0.0:80"},
                                   {"RIPTIDE_ADMIN_LISTEN", "[::1]:9090"},
                                   {"RIPTIDE_ADMIN_TOKEN", "0123456789abcdef"},
                                   {"RIPTIDE_ADMIN_TOKEN_FILE", "/run/token"},
                                   {"RIPTIDE_IO_THREADS", "3"},
                                   {"RIPTIDE_MAX_CONNECTIONS", "4"},
                                   {"RIPTIDE_REQUESTS_PER_CONNECTION", "5"},
                                   {"RIPTIDE_HEADER_LIMIT_KB", "6"},
                                   {"RIPTIDE_HEADER_TIMEOUT_SECS", "7"},
                                   {"RIPTIDE_BODY_TIMEOUT_SECS", "8"},
                                   {"RIPTIDE_IDLE_TIMEOUT_SECS", "9"},
                                   {"RIPTIDE_WRITE_TIMEOUT_SECS", "11"},
                                   {"RIPTIDE_DRAIN_TIMEOUT_SECS", "12"},
                                   {"RIPTIDE_BATCH_IN_FLIGHT", "13"},
                                   {"RIPTIDE_RATE_LIMIT", "14"},
                                   {"RIPTIDE_LOG_LEVEL", "warning"},
                                   {"RIPTIDE_LOG_FORMAT", "json"},
                                   {"RIPTIDE_CONFIG", "/etc/riptide.toml"}},
                                  {});
    ASSERT_TRUE(settings);
    const ExtractorConfig& config = settings->config;
    EXPECT_EQ(config.max_pool_size, 3U);
    EXPECT_EQ(config.extraction_timeout, std::chrono::seconds(7));
    EXPECT_EQ(config.memory_limit, Bytes::mib(64));
    EXPECT_FALSE(config.enable_reuse);
    EXPECT_FALSE(config.enable_simd);
    EXPECT_FALSE(config.enable_aot_cache);
    EXPECT_FALSE(config.enable_epoch_timeouts);
    EXPECT_EQ(config.epoch_timeout, std::chrono::milliseconds(250));
    EXPECT_EQ(config.component_path, "/opt/other.wasm");
    EXPECT_EQ(config.body_limit, Bytes::mib(2));
    EXPECT_EQ(config.aot_cache_directory, "/var/cache/riptide");
    EXPECT_EQ(config.initial_pool_size, 1U);
    EXPECT_EQ(config.queue_length, 0U);
    EXPECT_FALSE(config.enable_metrics);
    EXPECT_EQ(config.cold_start_target, std::chrono::milliseconds(20));
    EXPECT_FALSE(config.enable_fallback);
    EXPECT_EQ(config.circuit_breaker_failure_threshold, 60U);
    EXPECT_EQ(config.circuit_breaker_timeout, std::chrono::seconds(3));
    EXPECT_EQ(config.health_interval, std::chrono::seconds(4));
    const ServiceConfig& service = settings->service;
    EXPECT_EQ(service.listen, (Address{"0.0.0.0", 80}));
    EXPECT_EQ(service.admin_listen, (Address{"::1", 9090}));
    EXPECT_EQ(service.admin_token, "0123456789abcdef");
    EXPECT_EQ(service.admin_token_file, "/run/token");
    EXPECT_EQ(service.io_threads, 3U);
    EXPECT_EQ(service.max_connections, 4U);
    EXPECT_EQ(service.requests_per_connection, 5U);
    EXPECT_EQ(service.header_limit_kib, 6U);
    EXPECT_EQ(service.header_timeout, std::chrono::seconds(7));
    EXPECT_EQ(service.body_timeout, std::chrono::seconds(8));
    EXPECT_EQ(service.idle_timeout, std::chrono::seconds(9));
    EXPECT_EQ(service.write_timeout, std::chrono::seconds(11));
    EXPECT_EQ(service.drain_timeout, std::chrono::seconds(12));
    EXPECT_EQ(service.batch_in_flight, 13U);
    EXPECT_EQ(service.rate_limit, 14U);
    EXPECT_EQ(service.log_level, sys::LogLevel::kWarning);
    EXPECT_EQ(service.log_format, sys::LogFormat::kJson);
    for (const Setting& setting : settings->settings) {
        EXPECT_EQ(setting.source, Source::kEnvironment) << setting.option->name;
    }
}

TEST(Settings, a_flag_wins_over_the_environment_and_the_last_one_over_the_first) {
    const auto settings =
        resolve({{"RIPTIDE_WASM_TIMEOUT_SECS", "7"}},
                {flag("wasm.timeout_secs", "9"), flag("wasm.timeout_secs", "11")});
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->config.extraction_timeout, std::chrono::seconds(11));
    EXPECT_EQ(settings->of("wasm.timeout_secs").source, Source::kFlag);
    EXPECT_EQ(settings->of("wasm.timeout_secs").value, "11");
}

TEST(Settings, a_bad_value_names_where_it_was_given) {
    const auto environment = resolve({{"RIPTIDE_WASM_MEMORY_LIMIT_MB", "1"}}, {});
    ASSERT_FALSE(environment);
    EXPECT_EQ(environment.error().detail,
              "RIPTIDE_WASM_MEMORY_LIMIT_MB: \"1\" is not allowed; it takes a whole number from 64 "
              "to 4096 (MiB)");
    const auto from_flag = resolve({}, {flag("wasm.memory_limit_mb", "1")});
    ASSERT_FALSE(from_flag);
    EXPECT_THAT(from_flag.error().detail, HasSubstr("--memory: \"1\""));
}

TEST(Settings, a_bad_environment_is_an_error_even_under_a_flag) {
    EXPECT_FALSE(
        resolve({{"RIPTIDE_WASM_TIMEOUT_SECS", "soon"}}, {flag("wasm.timeout_secs", "9")}));
}

TEST(Settings, the_smaller_memory_limit_holds) {
    EXPECT_EQ(resolve({{"RIPTIDE_WASM_MEMORY_LIMIT_MB", "512"},
                       {"RIPTIDE_WASM_MEMORY_LIMIT_PAGES", "1024"}},
                      {})
                  ->config.memory_limit,
              Bytes::mib(64));
    EXPECT_EQ(resolve({{"RIPTIDE_WASM_MEMORY_LIMIT_MB", "96"},
                       {"RIPTIDE_WASM_MEMORY_LIMIT_PAGES", "4096"}},
                      {})
                  ->config.memory_limit,
              Bytes::mib(96));
}

TEST(Settings, a_default_memory_limit_does_not_undo_the_other_unit) {
    EXPECT_EQ(resolve({{"RIPTIDE_WASM_MEMORY_LIMIT_MB", "512"}}, {})->config.memory_limit,
              Bytes::mib(512));
    EXPECT_EQ(resolve({{"RIPTIDE_WASM_MEMORY_LIMIT_PAGES", "8192"}}, {})->config.memory_limit,
              Bytes::mib(512));
    EXPECT_EQ(resolve({}, {flag("wasm.memory_limit_mb", "1024")})->config.memory_limit,
              Bytes::mib(1024));
}

TEST(Settings, a_memory_flag_that_has_no_effect_is_told) {
    const auto settings = resolve({{"RIPTIDE_WASM_MEMORY_LIMIT_PAGES", "1024"}},
                                  {flag("wasm.memory_limit_mb", "512")});
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->config.memory_limit, Bytes::mib(64));
    EXPECT_THAT(settings->warnings, ElementsAre(HasSubstr("--memory 512 has no effect")));
}

TEST(Settings, an_unknown_variable_is_a_warning_with_the_nearest_name) {
    const auto settings = resolve({{"RIPTIDE_WASM_TIMEOUT_SEC", "5"}, {"PATH", "/bin"}}, {});
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->config.extraction_timeout, std::chrono::seconds(30));
    EXPECT_THAT(settings->warnings,
                ElementsAre("RIPTIDE_WASM_TIMEOUT_SEC is not an option of this version and is "
                            "ignored; did you mean RIPTIDE_WASM_TIMEOUT_SECS?"));
    EXPECT_THAT(resolve({{"RIPTIDE_FOO", "5"}}, {})->warnings,
                ElementsAre("RIPTIDE_FOO is not an option of this version and is ignored; "
                            "`riptide config` shows all"));
}

TEST(Settings, a_variable_of_the_build_is_not_warned_of) {
    EXPECT_THAT(resolve({{"RIPTIDE_CACHE", "/tmp/cache"}}, {})->warnings, IsEmpty());
}

}  // namespace
}  // namespace riptide::config
