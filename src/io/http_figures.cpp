#include "io/http_figures.h"

namespace riptide::io {
namespace {

template <typename Enum, std::size_t kCount>
std::string_view name_of(Enum value, const std::array<std::string_view, kCount>& names) {
    return names[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view to_string(HttpRoute route) noexcept {
    constexpr std::array<std::string_view, kHttpRoutes> kNames = {
        "extract", "batch",  "pool-health", "admin", "metrics",
        "livez",   "readyz", "openapi",     "page",  "other"};
    return name_of(route, kNames);
}

std::string_view to_string(HttpRefusal refusal) noexcept {
    constexpr std::array<std::string_view, kHttpRefusals> kNames = {
        "connection-limit", "rate-limit",   "malformed", "header-limit",
        "body-limit",       "unauthorized", "overloaded"};
    return name_of(refusal, kNames);
}

std::string_view to_string(HttpTimeout timeout) noexcept {
    constexpr std::array<std::string_view, kHttpTimeouts> kNames = {"header", "body", "idle",
                                                                    "write"};
    return name_of(timeout, kNames);
}

std::string_view to_string(BatchLine line) noexcept {
    constexpr std::array<std::string_view, kBatchLines> kNames = {"ok", "empty", "error"};
    return name_of(line, kNames);
}

}  // namespace riptide::io
