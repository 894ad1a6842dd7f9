/// Characters and white space as HTTP and URLs know them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace riptide::http {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Whether the two differ in ASCII case at most.
constexpr bool equal_ignoring_case(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) return false;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (lower(left[i]) != lower(right[i])) return false;
    }
    return true;
}

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alphanumeric(char c) {
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z');
}

/// The value of a hexadecimal digit; -1 for any other character.
constexpr int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    const char small = lower(c);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

/// RFC 9110, 5.6.2: tchar.
constexpr bool is_token_character(char c) {
    constexpr auto kTable = [] {
        std::array<bool, 256> table{};
        for (int i = 0; i < 256; ++i) {
            const auto character = static_cast<char>(i);
            table[static_cast<std::size_t>(i)] =
                is_alphanumeric(character) ||
                std::string_view("!#$%&'*+-.^_`|~").find(character) != std::string_view::npos;
        }
        return table;
    }();
    return kTable[static_cast<unsigned char>(c)];
}

constexpr bool is_token(std::string_view text) {
    for (const char c : text) {
        if (!is_token_character(c)) return false;
    }
    return !text.empty();
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
