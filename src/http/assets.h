/// The files of web/, embedded in the program when it is built.
#pragma once

#include <span>
#include <string_view>

namespace riptide::http {

/// One file as it is served. Views of static storage.
struct Asset {
    std::string_view path;  ///< Of the URL: "/assets/dashboard.js".
    std::string_view content_type;
    std::string_view body;
    std::string_view etag;  ///< A strong entity tag (RFC 9110, 8.8.3), quotes included.
};

/// The file that answers GET on that path (without query); null when there is none. "/" is the page
/// to try riptide with, "/admin/pool/health" the dashboard for browsers; what both need is under
/// "/assets/", so a listener for the admin routes alone serves that too. None of them tells
/// anything of the running pool, so none needs a token. Thread-safe.
const Asset* find_asset(std::string_view path);

/// All of them.
std::span<const Asset> assets();

/// The Content-Security-Policy under which the pages work.
inline constexpr std::string_view kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

}  // namespace riptide::http
