/// Strings of metadata, made plain.
#pragma once

#include <string>
#include <string_view>

namespace riptide::core {

/// `raw` with character references resolved (pages often escape twice), control characters and
/// runs of white space made one space, trimmed, and cut at a code point to at most `max_bytes`.
/// Resolves once more what is escaped three times; never makes a string longer.
std::string plain_text(std::string_view raw, std::size_t max_bytes);

/// Appends a letter or digit as `letters_only` gives it; false for all else, which it gives not.
bool append_letter(char32_t point, std::string& out);

/// Only the letters and digits, in lower case as far as ASCII goes; other scripts stay: what two
/// spellings of a name have in common.
std::string letters_only(std::string_view text);

}  // namespace riptide::core
