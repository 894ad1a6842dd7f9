/// What an instance pool has done, in figures.
#pragma once

#include <riptide/error.h>
#include <riptide/pooled_instance.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace riptide {

/// Why a page went to the native fallback.
enum class FallbackReason : std::uint8_t {
    kBreakerOpen,           ///< The circuit breaker lets nothing through.
    kComponentUnavailable,  ///< The component could not be loaded.
    kInstantiation,         ///< No store could be made.
    kHostError,             ///< The call failed on the host's side.
    kTrap,                  ///< The guest trapped.
    kTimeout,               ///< The epoch deadline stopped the guest.
    kMemoryLimit,           ///< The memory limit stopped the guest.
    kFaultyPage,            ///< The same page brought the guest down before.
};
inline constexpr std::size_t kFallbackReasons = 8;

/// "breaker-open", "component-unavailable", "instantiation", "host", "trap", "timeout",
/// "memory-limit", "faulty-page".
std::string_view to_string(FallbackReason reason) noexcept;

/// The bounds for which a distribution tells how many times were at most so long.
inline constexpr std::array<std::chrono::microseconds, 18> kTimeBounds = [] {
    std::array<std::chrono::microseconds, 18> bounds{};
    std::int64_t decade = 10;
    for (std::size_t i = 0; i < bounds.size(); i += 3, decade *= 10) {
        bounds[i] = std::chrono::microseconds(decade);
        bounds[i + 1] = std::chrono::microseconds(decade * 5 / 2);
        bounds[i + 2] = std::chrono::microseconds(decade * 5);
    }
    return bounds;
}();

/// How a compiled component came to be.
enum class AotResult : std::uint8_t {
    kHit,       ///< Loaded from the cache.
    kMiss,      ///< Compiled, and stored in the cache.
    kRejected,  ///< Compiled, because the cache's entry was not usable.
    kDisabled,  ///< Compiled; there is no cache, or it cannot be used.
};
inline constexpr std::size_t kAotResults = 4;

/// "hit", "miss", "rejected", "disabled".
std::string_view to_string(AotResult result) noexcept;

/// How a helper came to its end, other than by being done.
enum class HelperDeath : std::uint8_t {
    kCrash,          ///< A signal for a fault of its own (SIGSEGV, SIGILL, ...).
    kForbiddenCall,  ///< A system call that the sandbox does not have (SIGSYS); abort() makes one.
    kMemory,         ///< It needed more memory than its cap.
    kCpuTime,        ///< It used up its processor time.
    kDeadline,       ///< It was killed: the request's deadline passed, or its caller gave up.
    kMisbehaved,     ///< It ended without an answer, or with one that is none.
    kSetup,          ///< It could not be started, or not be sandboxed.
    kKilled,         ///< Somebody killed it: an operator, the kernel short of memory.
};
inline constexpr std::size_t kHelperDeaths = static_cast<std::size_t>(HelperDeath::kKilled) + 1;

/// "crash", "forbidden-call", "memory", "cpu-time", "deadline", "misbehaved", "setup", "killed".
std::string_view to_string(HelperDeath death) noexcept;

/// What the helper processes of the native fallback did: counters since they were first started,
/// and two gauges; a consistent picture of one moment.
struct HelperStats {
    std::uint64_t zygote_starts = 0;  ///< 1, and one more each time it had to be replaced.
    std::uint64_t starts = 0;         ///< Helpers ordered.
    std::uint64_t calls = 0;          ///< Helpers that were given a page.
    std::uint64_t answers = 0;        ///< Of those, how many answered, typed errors included.
    std::uint64_t overloaded = 0;     ///< Requests for which the queue was full.
    std::uint64_t expired = 0;        ///< Requests whose deadline passed while they waited.
    std::array<std::uint64_t, kHelperDeaths> deaths{};  ///< By `HelperDeath`.
    std::uint32_t ready = 0;                            ///< Helpers that wait for a page.
    std::uint32_t waiting = 0;                          ///< Requests that wait for a helper.
};

/// Of times: exact count, sum and maximum; quantiles and shares within 7 %.
struct Distribution {
    std::uint64_t count = 0;
    std::chrono::nanoseconds sum{};
    std::array<std::uint64_t, kTimeBounds.size()> at_most{};  ///< By `kTimeBounds`.
    std::chrono::nanoseconds mean{};
    std::chrono::nanoseconds p50{};
    std::chrono::nanoseconds p95{};
    std::chrono::nanoseconds p99{};
    std::chrono::nanoseconds max{};
};

/// Since the pool was made. Every request is counted in `total_extractions` when it comes and, when
/// it ends, in exactly one of `successful_extractions`, `fallback_extractions`,
/// `failed_extractions` and `shed_extractions`.
struct PerformanceMetrics {
    std::uint64_t total_extractions = 0;
    std::uint64_t successful_extractions = 0;  ///< A document from the sandbox.
    std::uint64_t empty_extractions = 0;       ///< Of these, those without main content.
    std::uint64_t fallback_extractions = 0;    ///< A document from the native fallback.
    std::uint64_t failed_extractions = 0;      ///< A typed error, but for those that were shed.
    std::uint64_t shed_extractions = 0;        ///< Refused because the pool was overloaded.
    std::array<std::uint64_t, kErrorClasses> errors{};        ///< By `ErrorClass`, shed included.
    std::array<std::uint64_t, kFallbackReasons> fallbacks{};  ///< Tried, by `FallbackReason`.

    Distribution wait;        ///< For a permit, and then for a turn to run.
    Distribution processing;  ///< From then to the result.

    std::uint64_t circuit_breaker_trips = 0;
    std::uint64_t epoch_timeouts = 0;          ///< Guests stopped at a deadline.
    std::uint64_t wasm_memory_pages = 0;       ///< Of 64 KiB, of all stores, now.
    std::uint64_t wasm_peak_memory_pages = 0;  ///< Most that one call ever had.
    std::uint64_t wasm_grow_failed_total = 0;  ///< Growths of memory that were denied.

    std::array<std::uint32_t, kInstanceStates> instances{};  ///< By `InstanceState`.
    std::uint32_t requests_waiting = 0;
    std::uint64_t stores_made = 0;
    std::uint64_t cold_calls = 0;  ///< Calls that found no store ready.
    /// Components loaded, by `AotResult`.
    std::array<std::uint64_t, kAotResults> aot_cache{};

    HelperStats helpers;  ///< All zero where the fallback is off, or in this process.
};

}  // namespace riptide
