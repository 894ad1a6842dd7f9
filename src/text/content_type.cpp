#include "text/content_type.h"

#include <algorithm>
#include <optional>

namespace riptide::text {
namespace {

constexpr std::string_view kHttpSpace = "\t\n\r ";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_token(std::string_view text) {
    constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
               kMarks.find(c) != std::string_view::npos;
    });
}

bool same_token(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trim(std::string_view text) {
    const std::size_t first = text.find_first_not_of(kHttpSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kHttpSpace) - first + 1);
}

/// The offset just behind the quoted string that opens at `at`; `value`, when given, gets what it
/// stands for. A string that is never closed ends where the text does.
std::size_t skip_quoted(std::string_view text, std::size_t at, std::string* value) {
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        if (value != nullptr) *value += text[at];
    }
    return std::min(at + 1, text.size());
}

/// One of the values that a repeated header joins with commas.
struct MediaType {
    std::string_view essence;
    std::optional<std::string> charset;
};

std::optional<std::string> find_charset(std::string_view text, std::size_t at) {
    while (at < text.size()) {
        at = text.find_first_not_of(kHttpSpace, at + 1);
        if (at == std::string_view::npos) break;
        const std::size_t name_end = std::min(text.find_first_of(";=", at), text.size());
        const std::string_view name = text.substr(at, name_end - at);
        at = name_end;
        if (at == text.size() || text[at] == ';') continue;
        std::string value;
        if (++at < text.size() && text[at] == '"') {
            at = std::min(text.find(';', skip_quoted(text, at, &value)), text.size());
        } else {
            const std::size_t end = std::min(text.find(';', at), text.size());
            value = trim(text.substr(at, end - at));
            at = end;
            if (value.empty()) continue;
        }
        if (same_token(name, "charset")) return value;
    }
    return std::nullopt;
}

std::optional<MediaType> parse_media_type(std::string_view text) {
    text = trim(text);
    const std::size_t parameters = std::min(text.find(';'), text.size());
    const std::string_view essence = trim(text.substr(0, parameters));
    const std::size_t slash = essence.find('/');
    if (slash == std::string_view::npos || !is_token(essence.substr(0, slash)) ||
        !is_token(essence.substr(slash + 1)) || essence == "*/*") {
        return std::nullopt;
    }
    return MediaType{essence, find_charset(text, parameters)};
}

/// The offset of the next comma outside quotes, or the end.
std::size_t value_end(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] != ',') {
        at = text[at] == '"' ? skip_quoted(text, at, nullptr) : at + 1;
    }
    return at;
}

}  // namespace

std::string charset_parameter(std::string_view content_type) {
    MediaType last;
    for (std::size_t at = 0; at < content_type.size();) {
        const std::size_t end = value_end(content_type, at);
        std::optional<MediaType> next = parse_media_type(content_type.substr(at, end - at));
        at = end + 1;
        if (!next) continue;
        // A repetition of the same type does not take the charset back.
        if (!next->charset && same_token(next->essence, last.essence)) continue;
        last = *std::move(next);
    }
    return last.charset.value_or(std::string());
}

}  // namespace riptide::text
