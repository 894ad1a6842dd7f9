/// Character classes and small string helpers over UTF-8, the same on every platform: no locale.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "base/bytes.h"
#include "base/utf8.h"

namespace riptide::core {

/// HTML's ASCII white space.
constexpr bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/// `space_size` where `text[at]` is not ASCII.
std::size_t wide_space_size(std::string_view text, std::size_t at);

/// Bytes of the white-space character at `text[at]` (HTML's ASCII white space, U+00A0, U+200B,
/// U+3000, U+FEFF), or 0.
inline std::size_t space_size(std::string_view text, std::size_t at) {
    const char c = text[at];
    if (static_cast<unsigned char>(c) < 0x80) return is_space(c) ? 1 : 0;
    return wide_space_size(text, at);
}

/// True for white space only; for the empty string too.
bool is_blank(std::string_view text);

/// Appends `text` with each run of white space collapsed to one space; leading white space is
/// dropped where `out` is empty or ends in white space.
void append_collapsed(std::string_view text, std::string& out);

/// Without ASCII white space at both ends.
std::string_view trim_ascii(std::string_view text);
/// Without white space (as `space_size` knows it) at both ends.
std::string_view trim(std::string_view text);

/// What a character is to a reader.
enum class Ink : std::uint8_t {
    kVisible,
    kSpace,    ///< Unicode white space (White_Space), U+00A0 among it.
    kNothing,  ///< Control characters, U+200B, U+FEFF, U+2060 to U+2064, U+00AD, U+E0000 to
               ///< U+E007F.
};
struct InkUnit {
    Ink ink;
    std::uint8_t size;  ///< In bytes; at least 1.
};
/// The character at `text[at]`. Joiners (U+200C, U+200D) and directional marks are visible: they
/// change how their neighbours look.
InkUnit ink_at(std::string_view text, std::size_t at);
/// Without the first bytes of which `ink_at` always says visible.
inline constexpr ByteSet kMayBeInkless = ByteSet::where([](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xE1 || byte == 0xE2 ||
           byte == 0xE3 || byte == 0xEF || byte == 0xF3;
});

/// Appends `text` as a reader sees it on one line: white space collapsed, none at the ends, what is
/// nothing left out.
void append_line(std::string_view text, std::string& out);

/// Unicode's view of a code point, by general category.
enum class CharClass : std::uint8_t { kWord, kSpace, kPunctuation, kSymbol };
/// `kWord` is all that is neither white space, punctuation (P; all of ASCII's) nor a symbol (S).
CharClass char_class(char32_t code_point);

/// Words in `text`. A word is a run of letters, digits and marks; an apostrophe or a period between
/// two of them, and a comma between digits, belong to it (after UAX #29, WB6 to WB12). Scripts
/// written without spaces: each Han, Hiragana or Katakana character is a word, as word processors
/// count, and each five characters begun of Thai, Lao, Khmer and Myanmar.
std::uint32_t count_words(std::string_view text);

/// The number at the start of `text` (digits after ASCII white space), 999999999 at most;
/// `otherwise` when there is none. (WHATWG HTML, "rules for parsing non-negative integers".)
std::uint32_t parse_number(std::string_view text, std::uint32_t otherwise);

/// At most `max_bytes` from the start of valid UTF-8, cut between two code points.
std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes);

/// `text` contains `needle` (given in lower case), but for the case of ASCII letters.
bool ascii_icontains(std::string_view text, std::string_view needle);
std::string ascii_lower(std::string_view text);

/// Unicode code points in valid UTF-8.
std::size_t count_code_points(std::string_view text);

void append_utf8(char32_t code_point, std::string& out);

}  // namespace riptide::core
