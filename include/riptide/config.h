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

/// Defaults are those of the option table (`src/config/options.h`), where each option's range is
/// declared and checked.
struct ExtractorConfig {
    /// Calls at once; each has a store of its own.
    std::uint32_t max_pool_size = 8;
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
};

}  // namespace riptide
