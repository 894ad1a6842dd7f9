#include "config/options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "config/printable.h"

namespace riptide::config {
namespace {

Bytes mebibytes(const OptionValue& value) {
    return Bytes::mib(static_cast<std::uint64_t>(std::get<std::int64_t>(value)));
}

std::uint32_t count(const OptionValue& value) {
    return static_cast<std::uint32_t>(std::get<std::int64_t>(value));
}

constexpr std::array kOptions = {
    OptionSpec{"wasm.instances_per_worker", "RIPTIDE_WASM_INSTANCES_PER_WORKER", "", "N",
               OptionKind::kInteger, "8", 1, 1024, "",
               "How many pages are extracted at once; each has a store of its own.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.max_pool_size = count(value);
               }},
    OptionSpec{
        "wasm.initial_pool_size", "RIPTIDE_WASM_INITIAL_POOL_SIZE", "", "N", OptionKind::kInteger,
        "2", 0, 1024, "",
        "Stores that are made before the first page and kept ready at least; never more than the "
        "instances.",
        [](const OptionValue& value, ExtractorConfig& config) {
            config.initial_pool_size = count(value);
        }},
    OptionSpec{"wasm.queue_length", "RIPTIDE_WASM_QUEUE_LENGTH", "", "N", OptionKind::kInteger,
               "1024", 0, 1000000, "",
               "Pages that may wait for a free instance; more are refused as overloaded.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.queue_length = count(value);
               }},
    OptionSpec{"wasm.timeout_secs", "RIPTIDE_WASM_TIMEOUT_SECS", "--timeout", "SECS",
               OptionKind::kInteger, "30", 1, 3600, "s",
               "Time for one page, waiting for a free instance included.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.extraction_timeout = std::chrono::seconds(std::get<std::int64_t>(value));
               }},
    OptionSpec{"wasm.memory_limit_mb", "RIPTIDE_WASM_MEMORY_LIMIT_MB", "--memory", "MB",
               OptionKind::kInteger, "256", 64, 4096, "MiB",
               "Memory that one page may take in the sandbox.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.memory_limit = std::min(config.memory_limit, mebibytes(value));
               }},
    OptionSpec{"wasm.memory_limit_pages", "RIPTIDE_WASM_MEMORY_LIMIT_PAGES", "", "PAGES",
               OptionKind::kInteger, "4096", 1024, 65536, "pages of 64 KiB",
               "The same limit in WebAssembly pages. When both are set the smaller holds; one "
               "that is not set does not bound the other.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   const auto pages = static_cast<std::uint64_t>(std::get<std::int64_t>(value));
                   config.memory_limit =
                       std::min(config.memory_limit, Bytes{pages * kWasmPage.count});
               }},
    OptionSpec{"wasm.enable_reuse", "RIPTIDE_WASM_ENABLE_REUSE", "", "BOOL", OptionKind::kSwitch,
               "true", 0, 0, "",
               "Keeps the memory of a slot resident between pages, which is faster; a store is "
               "never used twice.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.enable_reuse = std::get<bool>(value);
               }},
    OptionSpec{"wasm.enable_simd", "RIPTIDE_WASM_ENABLE_SIMD", "", "BOOL", OptionKind::kSwitch,
               "true", 0, 0, "",
               "Runs the built-in component that uses WebAssembly SIMD, or else the scalar one.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.enable_simd = std::get<bool>(value);
               }},
    OptionSpec{"wasm.enable_aot_cache", "RIPTIDE_WASM_ENABLE_AOT_CACHE", "", "BOOL",
               OptionKind::kSwitch, "true", 0, 0, "",
               "Keeps the compiled component on disk, so that the next start need not compile it.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.enable_aot_cache = std::get<bool>(value);
               }},
    OptionSpec{"wasm.enable_epoch_timeouts", "RIPTIDE_WASM_ENABLE_EPOCH_TIMEOUTS", "", "BOOL",
               OptionKind::kSwitch, "true", 0, 0, "",
               "Stops a page whose running time in the sandbox exceeds the epoch timeout.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.enable_epoch_timeouts = std::get<bool>(value);
               }},
    OptionSpec{"wasm.epoch_timeout_ms", "RIPTIDE_WASM_EPOCH_TIMEOUT_MS", "--epoch-timeout", "MS",
               OptionKind::kInteger, "5000", 1, 3600000, "ms",
               "Running time of one page in the sandbox, waiting not included.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.epoch_timeout = std::chrono::milliseconds(std::get<std::int64_t>(value));
               }},
    OptionSpec{"wasm.enable_metrics", "RIPTIDE_WASM_ENABLE_METRICS", "", "BOOL",
               OptionKind::kSwitch, "true", 0, 0, "",
               "Measures waiting and processing times; pages are always counted.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.enable_metrics = std::get<bool>(value);
               }},
    OptionSpec{"wasm.cold_start_target_ms", "RIPTIDE_WASM_COLD_START_TARGET_MS", "", "MS",
               OptionKind::kInteger, "15", 1, 60000, "ms",
               "A start of the pool that takes longer is told in its health.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.cold_start_target =
                       std::chrono::milliseconds(std::get<std::int64_t>(value));
               }},
    OptionSpec{"wasm.enable_fallback", "RIPTIDE_WASM_ENABLE_FALLBACK", "", "BOOL",
               OptionKind::kSwitch, "true", 0, 0, "",
               "Extracts natively, in isolated processes, what the sandbox cannot serve.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.enable_fallback = std::get<bool>(value);
               }},
    OptionSpec{"wasm.circuit_breaker_failure_threshold",
               "RIPTIDE_WASM_CIRCUIT_BREAKER_FAILURE_THRESHOLD", "", "PERCENT",
               OptionKind::kInteger, "50", 0, 100, "%",
               "The circuit breaker opens when more of the calls fail by the engine's fault; 100 "
               "is never.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.circuit_breaker_failure_threshold = count(value);
               }},
    OptionSpec{"wasm.circuit_breaker_timeout_secs", "RIPTIDE_WASM_CIRCUIT_BREAKER_TIMEOUT_SECS", "",
               "SECS", OptionKind::kInteger, "15", 1, 45, "s",
               "How long the circuit breaker stays open before it probes the engine.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.circuit_breaker_timeout =
                       std::chrono::seconds(std::get<std::int64_t>(value));
               }},
    OptionSpec{"wasm.component", "RIPTIDE_WASM_COMPONENT", "--component", "FILE", OptionKind::kPath,
               "", 0, 0, "", "A WebAssembly component to run; the built-in one when empty.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.component_path = std::get<std::string>(value);
               }},
    OptionSpec{"body_limit_mb", "RIPTIDE_BODY_LIMIT_MB", "--body-limit", "MB", OptionKind::kInteger,
               "16", 1, 1024, "MiB", "The largest page that is taken.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.body_limit = mebibytes(value);
               }},
    OptionSpec{"aot_cache_dir", "RIPTIDE_AOT_CACHE_DIR", "--aot-cache-dir", "DIR",
               OptionKind::kPath, "", 0, 0, "",
               "Where compiled components are kept; riptide's place in the user's cache directory "
               "when empty.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.aot_cache_directory = std::get<std::string>(value);
               }},
    OptionSpec{"health_interval_secs", "RIPTIDE_HEALTH_INTERVAL_SECS", "", "SECS",
               OptionKind::kInteger, "30", 1, 3600, "s",
               "Time between two records of the pool's health.",
               [](const OptionValue& value, ExtractorConfig& config) {
                   config.health_interval = std::chrono::seconds(std::get<std::int64_t>(value));
               }},
    OptionSpec{"config", "RIPTIDE_CONFIG", "--config", "FILE", OptionKind::kPath, "", 0, 0, "",
               "A TOML file with options by their names; environment and flags win over it.",
               [](const OptionValue&, ExtractorConfig&) {}},
};

std::optional<bool> read_switch(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    constexpr std::array<std::string_view, 4> kYes = {"true", "yes", "on", "1"};
    constexpr std::array<std::string_view, 4> kNo = {"false", "no", "off", "0"};
    if (std::ranges::find(kYes, lower) != kYes.end()) return true;
    if (std::ranges::find(kNo, lower) != kNo.end()) return false;
    return std::nullopt;
}

std::optional<std::int64_t> read_integer(const OptionSpec& option, std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (!whole || number < option.min || number > option.max) return std::nullopt;
    return number;
}

}  // namespace

std::span<const OptionSpec> options() { return kOptions; }

const OptionSpec* find_option(std::string_view name) {
    const auto* found = std::ranges::find(kOptions, name, &OptionSpec::name);
    return found == kOptions.end() ? nullptr : found;
}

const OptionSpec* find_option_by_environment(std::string_view environment) {
    const auto* found = std::ranges::find(kOptions, environment, &OptionSpec::environment);
    return found == kOptions.end() ? nullptr : found;
}

std::string allowed_values(const OptionSpec& option) {
    switch (option.kind) {
        case OptionKind::kInteger: {
            std::string range = "a whole number from " + std::to_string(option.min) + " to " +
                                std::to_string(option.max);
            if (!option.unit.empty()) range.append(" (").append(option.unit).append(")");
            return range;
        }
        case OptionKind::kSwitch:
            return "true or false";
        case OptionKind::kPath:
            return "a path";
    }
    return {};
}

Result<OptionValue> parse_value(const OptionSpec& option, std::string_view shown_as,
                                std::string_view text) {
    switch (option.kind) {
        case OptionKind::kInteger:
            if (const auto number = read_integer(option, text)) return OptionValue(*number);
            break;
        case OptionKind::kSwitch:
            if (const auto value = read_switch(text)) return OptionValue(*value);
            break;
        case OptionKind::kPath:
            if (text.find('\0') == std::string_view::npos) return OptionValue(std::string(text));
            break;
    }
    return fail(ErrorClass::kConfig, std::string(shown_as) + ": \"" + printable_excerpt(text) +
                                         "\" is not allowed; it takes " + allowed_values(option));
}

}  // namespace riptide::config
