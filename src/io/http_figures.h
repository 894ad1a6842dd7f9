/// What an HTTP server tells of itself.
#pragma once

#include <riptide/metrics.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace riptide::io {

/// What a request was for; the values of a label, so that no client can make more of them.
enum class HttpRoute : std::uint8_t {
    kExtract,
    kBatch,
    kPoolHealth,
    kAdmin,
    kMetrics,
    kLivez,
    kReadyz,
    kOpenapi,
    kPage,   ///< The pages for people, and what belongs to them.
    kOther,  ///< No route, or a request that could not be read so far.
};
inline constexpr std::size_t kHttpRoutes = 10;

/// Why a connection or a request was turned away before any work was done for it.
enum class HttpRefusal : std::uint8_t {
    kConnectionLimit,  ///< As many connections as there may be were open.
    kRateLimit,        ///< The client's own limit (429).
    kMalformed,        ///< Not HTTP, or HTTP that can be read in two ways (400).
    kHeaderLimit,      ///< 431.
    kBodyLimit,        ///< 413.
    kUnauthorized,     ///< An admin route without the token (401).
    kOverloaded,       ///< The pool has no room (503).
};
inline constexpr std::size_t kHttpRefusals = 7;

/// What a connection was closed for waiting too long on.
enum class HttpTimeout : std::uint8_t { kHeader, kBody, kIdle, kWrite };
inline constexpr std::size_t kHttpTimeouts = 4;

/// How a line of a batch ended.
enum class BatchLine : std::uint8_t { kOk, kEmpty, kError };
inline constexpr std::size_t kBatchLines = 3;

/// 1xx to 5xx.
inline constexpr std::size_t kHttpStatusClasses = 5;

/// Since the server was made, but for the two gauges. Plain data.
struct HttpFigures {
    /// Responses whose last byte was handed to the kernel, by `HttpRoute`, then by status / 100
    /// - 1.
    std::array<std::array<std::uint64_t, kHttpStatusClasses>, kHttpRoutes> requests{};
    /// From the first byte of a request to the last of its response, by `HttpRoute`.
    std::array<Distribution, kHttpRoutes> duration{};
    std::array<std::uint64_t, kHttpRefusals> refused{};    ///< By `HttpRefusal`.
    std::array<std::uint64_t, kHttpTimeouts> timeouts{};   ///< By `HttpTimeout`.
    std::array<std::uint64_t, kBatchLines> batch_lines{};  ///< By `BatchLine`.
    std::uint64_t connections_accepted = 0;
    std::uint64_t disconnects = 0;  ///< Clients that left before their response was sent.
    std::uint64_t bytes_received = 0;
    std::uint64_t bytes_sent = 0;

    std::uint32_t open_connections = 0;
    std::uint32_t requests_in_flight = 0;
};

/// "extract", "batch", "pool-health", "admin", "metrics", "livez", "readyz", "openapi", "page",
/// "other".
std::string_view to_string(HttpRoute route) noexcept;
/// "connection-limit", "rate-limit", "malformed", "header-limit", "body-limit", "unauthorized",
/// "overloaded".
std::string_view to_string(HttpRefusal refusal) noexcept;
/// "header", "body", "idle", "write".
std::string_view to_string(HttpTimeout timeout) noexcept;
/// "ok", "empty", "error".
std::string_view to_string(BatchLine line) noexcept;

}  // namespace riptide::io
