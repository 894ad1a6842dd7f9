/// Names of character encodings.
#pragma once

#include <string_view>

namespace riptide::text {

/// The lower-case WHATWG name of the encoding that `label` stands for ("latin1" gives
/// "windows-1252"), or empty when it stands for none. ASCII case and surrounding white space do not
/// matter. The name lives forever. Thread-safe.
/// Source: WHATWG Encoding, "get an encoding".
std::string_view encoding_name(std::string_view label);

/// Whether `name` (from `encoding_name`) is UTF-16, in either byte order.
bool is_utf16(std::string_view name);

/// `label` without ASCII white space at its ends.
std::string_view trim_ascii(std::string_view label);

}  // namespace riptide::text
