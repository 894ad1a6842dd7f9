/// What the address of a page is.
#pragma once

#include <string_view>

namespace riptide::io {

/// Whether it is an absolute address of http or https, of valid UTF-8 without spaces and controls.
/// Thread-safe.
bool is_web_address(std::string_view url);

/// How the sentence about another one ends, after the value's name or the value.
inline constexpr std::string_view kNoWebAddress =
    " is not an absolute web address; one looks like https://example.com/page";

}  // namespace riptide::io
