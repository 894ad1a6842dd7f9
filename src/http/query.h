/// The query of a URL, and media types with their parameters.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/refusal.h"

namespace riptide::http {

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// Names and values of "name=value&...", percent-decoded, "+" being a space (WHATWG URL,
/// application/x-www-form-urlencoded). Refusal: 400 for a percent sign without two hexadecimal
/// digits, or what is not UTF-8 once decoded.
Checked<Parameters> parse_query(std::string_view query);

/// "Text/HTML; charset=utf-8" is "text/html": in lower case, without parameters; empty when
/// `content_type` is no media type.
std::string media_type(std::string_view content_type);

}  // namespace riptide::http
