/// Errors are values: every fallible function of riptide returns a `Result<T>`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace riptide {

/// What kind of thing went wrong. What follows from it (HTTP status, exit code, whether the circuit
/// breaker counts it, ...) is told by `traits()` and decided nowhere else.
enum class ErrorClass : std::uint8_t {
    // The page or the request is at fault.
    kInvalidHtml,      ///< The input is not UTF-8 after decoding, or not a page at all.
    kParseError,       ///< The parser gave up.
    kResourceLimit,    ///< A cap of the core was hit where nothing useful could be returned.
    kUnsupportedMode,  ///< The mode, a selector or an encoding label cannot be carried out.
    kTooLarge,         ///< The page exceeds the body limit.
    // The guest misbehaved.
    kInternalError,  ///< The core broke one of its own rules.
    kTrap,           ///< The guest trapped, or a helper process crashed.
    kTimeout,        ///< The epoch deadline stopped the guest, or the deadline a helper process.
    kMemoryLimit,    ///< The memory limit of the store, or of a helper process, was hit.
    // The engine is at fault.
    kEngineStart,    ///< The engine or the component cannot be brought up.
    kInstantiation,  ///< A store or an instance could not be made.
    kHost,           ///< The call failed on the host's side.
    // The request was not served.
    kOverloaded,        ///< No place in the queue, or no hope of being served in time.
    kDeadlineExceeded,  ///< The deadline passed while the request waited.
    kCancelled,         ///< The caller gave up.
    // The surroundings.
    kConfig,  ///< A bad option.
    kUsage,   ///< A bad command line.
    kIo,      ///< A file or stream could not be read or written.
};

inline constexpr std::size_t kErrorClasses = 18;

/// What an error class means to the rest of the system.
struct ErrorTraits {
    std::string_view name;      ///< Stable, lower-case, hyphenated: for logs, metrics and JSON.
    std::uint16_t http_status;  ///< RFC 9110 status of the answer.
    std::uint8_t exit_code;     ///< Exit code of the command line.
    bool breaker_counts;        ///< Counts as a failure of the engine without attribution.
    bool attribute_first;       ///< Page or engine: a canary run decides whether it counts.
    bool retryable;             ///< The same request may succeed later.
    bool falls_back;            ///< The native fallback is tried.
};

/// The one table; any class has a row. Thread-safe.
const ErrorTraits& traits(ErrorClass error_class) noexcept;

/// What went wrong, and where: `detail` is a sentence for a human, without a trailing period, that
/// names the offending thing and what would be right. It never contains page content.
struct Error {
    ErrorClass error_class;
    std::string detail;
};

template <typename T>
using Result = tl::expected<T, Error>;

/// Builds the failed `Result`: `return fail(ErrorClass::kIo, "...")`.
inline tl::unexpected<Error> fail(ErrorClass error_class, std::string detail) {
    return tl::unexpected<Error>(Error{error_class, std::move(detail)});
}

}  // namespace riptide
