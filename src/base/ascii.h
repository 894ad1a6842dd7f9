/// ASCII letters and tokens: the same whatever the locale. Thread-safe.
#pragma once

#include <string_view>

#include "base/bytes.h"

namespace riptide {

constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// Equal but for the case of ASCII letters.
constexpr bool ascii_iequals(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (to_lower(a[i]) != to_lower(b[i])) return false;
    }
    return true;
}

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr bool is_ascii_alphanumeric(char c) {
    const char small = to_lower(c);
    return is_digit(c) || (small >= 'a' && small <= 'z');
}

/// Whether all of `text` is what RFC 9110, 5.6.2, calls a token; the empty string is none.
constexpr bool is_token(std::string_view text) {
    constexpr ByteSet kOthers = ByteSet::where([](char c) {
        return !is_ascii_alphanumeric(c) &&
               std::string_view("!#$%&'*+-.^_`|~").find(c) == std::string_view::npos;
    });
    return !text.empty() && kOthers.find(text, 0) == text.size();
}

}  // namespace riptide
