/// Characters and white space as HTTP and URLs know them.
#pragma once

#include <string_view>

#include "base/ascii.h"

namespace riptide::http {

/// The value of a hexadecimal digit; -1 for any other character.
constexpr int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    const char small = to_lower(c);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

/// RFC 9110, 5.5: what a field's value may hold, white space included.
constexpr bool is_field_character(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}

/// Without spaces and tabs at both ends (OWS).
constexpr std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// Cuts what stands before the first `separator` (all, when there is none) off `rest`.
constexpr std::string_view cut(std::string_view& rest, char separator) {
    const std::size_t end = rest.find(separator);
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return part;
}

/// The members of a list field (RFC 9110, 5.6.1), trimmed, without the empty ones.
template <typename Visit>
constexpr void for_each_member(std::string_view list, const Visit& visit) {
    while (!list.empty()) {
        const std::string_view member = trim(cut(list, ','));
        if (!member.empty()) visit(member);
    }
}

}  // namespace riptide::http
