/// How the sandbox is sized and bounded.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace riptide {

/// A number of bytes.
struct Bytes {
    std::uint64_t count = 0;
    static constexpr Bytes mib(std::uint64_t n) { return Bytes{n << 20}; }
    constexpr auto operator<=>(const Bytes&) const = default;
};

/// The unit in which linear memory grows.
inline constexpr Bytes kWasmPage{65536};

/// Where pages that the sandbox cannot serve are extracted natively.
enum class FallbackIsolation : std::uint8_t {
    kProcess,    ///< In helper processes that can do nothing but compute.
    kInProcess,  ///< In the calling thread, with the core's own caps, and stopped by nothing: for
                 ///< pages that are trusted.
};

/// When the helper processes of the fallback are started.
enum class FallbackStart : std::uint8_t {
    kWithPool,  ///< So that one is ready for the first page, and the pool tells if none can be had.
    kWhenNeeded  ///< By the first page that needs one; metrics say nothing of them. Takes a
                 ///< `helper_program`, since a fork would see the pages in memory by then.
};

/// Defaults are those of the option table (`src/config/options.h`), where each option's range is
/// declared and checked.
struct ExtractorConfig {
    /// Calls at once; each has a store of its own.
    std::uint32_t max_pool_size = 8;
    /// Stores that are made before the first call, and kept ready at least; `max_pool_size` at
    /// most.
    std::uint32_t initial_pool_size = 2;
    /// Requests that may wait for one of the calls; more are refused.
    std::uint32_t queue_length = 1024;
    /// For a whole request, waiting included.
    std::chrono::milliseconds extraction_timeout = std::chrono::seconds(30);
    /// Linear memory of one call.
    Bytes memory_limit = Bytes::mib(256);
    /// Largest page that is taken.
    Bytes body_limit = Bytes::mib(16);
    /// Whether `epoch_timeout` holds; the deadline of a request always does.
    bool enable_epoch_timeouts = true;
    /// For the guest's own running time within a request.
    std::chrono::milliseconds epoch_timeout = std::chrono::seconds(5);
    /// Keeps slots' memory resident between calls (never a store).
    bool enable_reuse = true;
    /// Which of the two built-in components is run.
    bool enable_simd = true;
    bool enable_aot_cache = true;
    /// Where compiled components are kept; the user's cache directory when empty.
    std::string aot_cache_directory;
    /// A component file to run instead of the built-in one.
    std::string component_path;
    /// A start that takes longer is told in the pool's health.
    std::chrono::milliseconds cold_start_target{15};
    /// Whether times are measured; counts always are.
    bool enable_metrics = true;
    /// Whether pages that the sandbox cannot serve are extracted natively.
    bool enable_fallback = true;
    FallbackIsolation fallback_isolation = FallbackIsolation::kProcess;
    FallbackStart fallback_start = FallbackStart::kWithPool;
    /// A program that begins with `serve_as_zygote_if_asked` (helper_program.h) and that the
    /// helper processes are, "/proc/self/exe" for this one; empty: they are forks of this process.
    std::string helper_program;
    /// The breaker trips when more than this many percent of the calls fail; 100 is never.
    std::uint32_t circuit_breaker_failure_threshold = 50;
    std::chrono::milliseconds circuit_breaker_timeout = std::chrono::seconds(15);
    /// Between two records of the pool's health.
    std::chrono::milliseconds health_interval = std::chrono::seconds(30);
};

}  // namespace riptide
