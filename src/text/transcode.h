/// The decoders of the WHATWG encoding standard.
#pragma once

#include <string>
#include <string_view>

namespace riptide::text {

/// `bytes`, which are in the encoding `name` (from `encoding_name`, not empty) and have no byte
/// order mark, in UTF-8. What is not valid becomes U+FFFD. The result is valid UTF-8 and at most
/// three times as long as `bytes`. Linear. Thread-safe.
std::string to_utf8(std::string_view bytes, std::string_view name);

/// Whether bytes below 0x80 stand for themselves in the encoding `name`, wherever they follow one
/// another from the start. Thread-safe.
bool keeps_ascii(std::string_view name);

}  // namespace riptide::text
