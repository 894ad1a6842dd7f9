/// The charset parameter of a Content-Type header.
#pragma once

#include <string>
#include <string_view>

namespace riptide::text {

/// The value of the charset parameter of `content_type`, unquoted, as it was written; empty when
/// there is none or no media type can be made out. Takes any bytes: names are matched without
/// regard to case, quoted strings may hold escapes, malformed parameters are stepped over, the
/// first of several charset parameters counts, and of several values joined by commas (a repeated
/// header) the last valid one does. Linear. Thread-safe. Source: RFC 9110 section 8.3; WHATWG
/// Fetch, "extract a MIME type"; WHATWG MIME Sniffing, "parse a MIME type".
std::string charset_parameter(std::string_view content_type);

}  // namespace riptide::text
