/// The rows of the option table that concern the engine. For options.cpp only.
#pragma once

#include <algorithm>
#include <array>

#include "config/option_rows.h"

namespace riptide::config {

inline constexpr std::array kEngineOptions = {
    OptionSpec{"wasm.instances_per_worker",
               "RIPTIDE_WASM_INSTANCES_PER_WORKER",
               "",
               "N",
               OptionKind::kInteger,
               "8",
               1,
               1024,
               "",
               "How many pages are extracted at once; each has a store of its own.",
               [](const OptionValue& value, Targets config) {
                   config.engine.max_pool_size = count(value);
               },
               OptionScope::kEngine,
               {}},
    OptionSpec{
        "wasm.initial_pool_size",
        "RIPTIDE_WASM_INITIAL_POOL_SIZE",
        "",
        "N",
        OptionKind::kInteger,
        "2",
        0,
        1024,
        "",
        "Stores that are made before the first page and kept ready at least; never more than the "
        "instances.",
        [](const OptionValue& value, Targets config) {
            config.engine.initial_pool_size = count(value);
        },
        OptionScope::kEngine,
        {}},
    OptionSpec{
        "wasm.queue_length",
        "RIPTIDE_WASM_QUEUE_LENGTH",
        "",
        "N",
        OptionKind::kInteger,
        "1024",
        0,
        1000000,
        "",
        "Pages that may wait for a free instance; more are refused as overloaded.",
        [](const OptionValue& value, Targets config) { config.engine.queue_length = count(value); },
        OptionScope::kEngine,
        {}},
    OptionSpec{"wasm.timeout_secs",
               "RIPTIDE_WASM_TIMEOUT_SECS",
               "--timeout",
               "SECS",
               OptionKind::kInteger,
               "30",
               1,
               3600,
               "s",
               "Time for one page, waiting for a free instance included.",
               [](const OptionValue& value, Targets config) {
                   config.engine.extraction_timeout = seconds(value);
               },
               OptionScope::kEngine,
               {}},
    OptionSpec{"wasm.memory_limit_mb",
               "RIPTIDE_WASM_MEMORY_LIMIT_MB",
               "--memory",
               "MB",
               OptionKind::kInteger,
               "256",
               64,
               4096,
               "MiB",
               "Memory that one page may take in the sandbox.",
               [](const OptionValue& value, Targets config) {
                   config.engine.memory_limit =
                       std::min(config.engine.memory_limit, mebibytes(value));
               },
               OptionScope::kEngine,
               {}},
    OptionSpec{"wasm.memory_limit_pages",
               "RIPTIDE_WASM_MEMORY_LIMIT_PAGES",
               "",
               "PAGES",
               OptionKind::kInteger,
               "4096",
               1024,
               65536,
               "pages of 64 KiB",
               "The same limit in WebAssembly pages. When both are set the smaller holds; one "
               "that is not set does not bound the other.",
               [](const OptionValue& value, Targets config) {
                   const auto pages = static_cast<std::uint64_t>(std::get<std::int64_t>(value));
                   config.engine.memory_limit =
                       std::min(config.engine.memory_limit, Bytes{pages * kWasmPage.count});
               },
               OptionScope::kEngine,
               {}},
    OptionSpec{"wasm.enable_reuse",
               "RIPTIDE_WASM_ENABLE_REUSE",
               "",
               "BOOL",
               OptionKind::kSwitch,
               "true",
               0,
               0,
               "",
               "Keeps the memory of a slot resident between pages, which is faster; a store is "
               "never used twice.",
               [](const OptionValue& value, Targets config) {
                   config.engine.enable_reuse = std::get<bool>(value);
               },
               OptionScope::kEngine,
               {}},
    OptionSpec{"wasm.enable_simd",
               "RIPTIDE_WASM_ENABLE_SIMD",
               "",
               "BOOL",
               OptionKind::kSwitch,
               "true",
               0,
               0,
               "",
               "Runs the built-in component that uses WebAssembly SIMD, or else the scalar one.",
               [](const OptionValue& value, Targets config) {
                   config.engine.enable_simd = std::get<bool>(value);
               },
               OptionScope::kEngine,
               {}},
    OptionSpec{"wasm.enable_aot_cache",
               "RIPTIDE_WASM_ENABLE_AOT_CACHE",
               "",
               "BOOL",
               OptionKind::kSwitch,
               "true",
               0,
               0,
               "",
               "Keeps the compiled component on disk, so that the next start need not compile it.",
               [](const OptionValue& value, Targets config) {
                   config.engine.enable_aot_cache = std::get<bool>(value);
               },
               OptionScope::kEngine,
               {}},
    OptionSpec{"wasm.enable_epoch_timeouts",
               "RIPTIDE_WASM_ENABLE_EPOCH_TIMEOUTS",
               "",
               "BOOL",
               OptionKind::kSwitch,
               "true",
               0,
               0,
               "",
               "Stops a page whose running time in the sandbox exceeds the epoch timeout.",
               [](const OptionValue& value, Targets config) {
                   config.engine.enable_epoch_timeouts = std::get<bool>(value);
               },
               OptionScope::kEngine,
               {}},
    OptionSpec{"wasm.epoch_timeout_ms",
               "RIPTIDE_WASM_EPOCH_TIMEOUT_MS",
               "--epoch-timeout",
               "MS",
               OptionKind::kInteger,
               "5000",
               1,
               3600000,
               "ms",
               "Running time of one page in the sandbox, waiting not included.",
               [](const OptionValue& value, Targets config) {
                   config.engine.epoch_timeout =
                       std::chrono::milliseconds(std::get<std::int64_t>(value));
               },
               OptionScope::kEngine,
               {}},
    OptionSpec{"wasm.enable_metrics",
               "RIPTIDE_WASM_ENABLE_METRICS",
               "",
               "BOOL",
               OptionKind::kSwitch,
               "true",
               0,
               0,
               "",
               "Measures waiting and processing times; pages are always counted.",
               [](const OptionValue& value, Targets config) {
                   config.engine.enable_metrics = std::get<bool>(value);
               },
               OptionScope::kEngine,
               {}},
    OptionSpec{"wasm.cold_start_target_ms",
               "RIPTIDE_WASM_COLD_START_TARGET_MS",
               "",
               "MS",
               OptionKind::kInteger,
               "15",
               1,
               60000,
               "ms",
               "A start of the pool that takes longer is told in its health.",
               [](const OptionValue& value, Targets config) {
                   config.engine.cold_start_target =
                       std::chrono::milliseconds(std::get<std::int64_t>(value));
               },
               OptionScope::kEngine,
               {}},
    OptionSpec{"wasm.enable_fallback",
               "RIPTIDE_WASM_ENABLE_FALLBACK",
               "",
               "BOOL",
               OptionKind::kSwitch,
               "true",
               0,
               0,
               "",
               "Extracts natively, in isolated processes, what the sandbox cannot serve.",
               [](const OptionValue& value, Targets config) {
                   config.engine.enable_fallback = std::get<bool>(value);
               },
               OptionScope::kEngine,
               {}},
    OptionSpec{"wasm.circuit_breaker_failure_threshold",
               "RIPTIDE_WASM_CIRCUIT_BREAKER_FAILURE_THRESHOLD",
               "",
               "PERCENT",
               OptionKind::kInteger,
               "50",
               0,
               100,
               "%",
               "The circuit breaker opens when more of the calls fail by the engine's fault; 100 "
               "is never.",
               [](const OptionValue& value, Targets config) {
                   config.engine.circuit_breaker_failure_threshold = count(value);
               },
               OptionScope::kEngine,
               {}},
    OptionSpec{"wasm.circuit_breaker_timeout_secs",
               "RIPTIDE_WASM_CIRCUIT_BREAKER_TIMEOUT_SECS",
               "",
               "SECS",
               OptionKind::kInteger,
               "15",
               1,
               45,
               "s",
               "How long the circuit breaker stays open before it probes the engine.",
               [](const OptionValue& value, Targets config) {
                   config.engine.circuit_breaker_timeout = seconds(value);
               },
               OptionScope::kEngine,
               {}},
    OptionSpec{"wasm.component",
               "RIPTIDE_WASM_COMPONENT",
               "--component",
               "FILE",
               OptionKind::kPath,
               "",
               0,
               0,
               "",
               "A WebAssembly component to run; the built-in one when empty.",
               [](const OptionValue& value, Targets config) {
                   config.engine.component_path = text(value);
               },
               OptionScope::kEngine,
               {}},
    OptionSpec{"body_limit_mb",
               "RIPTIDE_BODY_LIMIT_MB",
               "--body-limit",
               "MB",
               OptionKind::kInteger,
               "16",
               1,
               1024,
               "MiB",
               "The largest page that is taken.",
               [](const OptionValue& value, Targets config) {
                   config.engine.body_limit = mebibytes(value);
               },
               OptionScope::kEngine,
               {}},
    OptionSpec{"aot_cache_dir",
               "RIPTIDE_AOT_CACHE_DIR",
               "--aot-cache-dir",
               "DIR",
               OptionKind::kPath,
               "",
               0,
               0,
               "",
               "Where compiled components are kept; riptide's place in the user's cache directory "
               "when empty.",
               [](const OptionValue& value, Targets config) {
                   config.engine.aot_cache_directory = text(value);
               },
               OptionScope::kEngine,
               {}},
    OptionSpec{"health_interval_secs",
               "RIPTIDE_HEALTH_INTERVAL_SECS",
               "",
               "SECS",
               OptionKind::kInteger,
               "30",
               1,
               3600,
               "s",
               "Time between two records of the pool's health.",
               [](const OptionValue& value, Targets config) {
                   config.engine.health_interval = seconds(value);
               },
               OptionScope::kEngine,
               {}},
};

}  // namespace riptide::config
