/// Character classes and small string helpers over UTF-8, the same on every platform: no locale.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace riptide::core {

/// HTML's ASCII white space.
constexpr bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// Bytes of the white-space character at `text[at]` (HTML's ASCII white space, U+00A0, U+200B,
/// U+3000, U+FEFF), or 0.
std::size_t space_size(std::string_view text, std::size_t at);

/// True for white space only; for the empty string too.
bool is_blank(std::string_view text);

/// Appends `text` with each run of white space collapsed to one space; leading white space is
/// dropped where `out` is empty or ends in white space.
void append_collapsed(std::string_view text, std::string& out);

/// Without ASCII white space at both ends.
std::string_view trim_ascii(std::string_view text);
/// Without white space (as `space_size` knows it) at both ends.
std::string_view trim(std::string_view text);

/// Equal but for the case of ASCII letters.
bool ascii_iequals(std::string_view a, std::string_view b);
/// `text` contains `needle` (given in lower case), but for the case of ASCII letters.
bool ascii_icontains(std::string_view text, std::string_view needle);
std::string ascii_lower(std::string_view text);

/// Unicode code points in valid UTF-8.
std::size_t count_code_points(std::string_view text);

/// The code point at `at`, which is advanced past it; U+FFFD for bytes that are not UTF-8.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_utf8(char32_t code_point, std::string& out);

}  // namespace riptide::core
