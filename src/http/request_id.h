/// What ties a request to its answer, to its lines in the log and to other services.
#pragma once

#include <string>
#include <string_view>

namespace riptide::http {

/// Whether a client's X-Request-Id can be used: 1 to 128 of letters, digits and "-_.:/+=".
bool is_request_id(std::string_view text);

/// 16 hexadecimal digits, unlike those of other requests and other processes. Thread-safe.
std::string make_request_id();

/// Whether it is a `traceparent` of version 00. Source: W3C Trace Context, 3.2.
bool is_traceparent(std::string_view text);

}  // namespace riptide::http
