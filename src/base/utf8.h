/// ASCII and UTF-8: validation, code points.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace riptide {

/// The offset of the first byte that is not ASCII, or `bytes.size()`. Linear. Thread-safe.
std::size_t ascii_size(std::string_view bytes) noexcept;

/// The offset of the first byte that is not part of valid UTF-8 (Unicode, table 3-7), or
/// `bytes.size()` when all of it is valid. Linear. Thread-safe.
std::size_t first_invalid_utf8(std::string_view bytes) noexcept;

/// How many bytes at `at`, where `first_invalid_utf8` stopped, one U+FFFD stands for: the maximal
/// subpart of an ill-formed sequence, 1 to 3 (Unicode, section 3.9; WHATWG Encoding, "UTF-8
/// decoder"). Thread-safe.
std::size_t invalid_utf8_size(std::string_view bytes, std::size_t at) noexcept;

/// The same text with U+FFFD for each ill-formed part (`invalid_utf8_size`). Linear. Thread-safe.
std::string valid_utf8(std::string_view bytes);

/// `next_code_point` where `text[at]` is not ASCII. Thread-safe.
char32_t next_wide_code_point(std::string_view text, std::size_t& at) noexcept;

/// The code point at `at`, which is advanced past it; U+FFFD for bytes that are not UTF-8, 0 at the
/// end. Thread-safe.
inline char32_t next_code_point(std::string_view text, std::size_t& at) noexcept {
    const auto lead = static_cast<unsigned char>(at < text.size() ? text[at] : 0);
    if (lead >= 0x80) return next_wide_code_point(text, at);
    ++at;
    return lead;
}

}  // namespace riptide
