#include "text/content_type.h"

#include <algorithm>
#include <optional>

#include "base/ascii.h"

namespace riptide::text {
namespace {

constexpr std::string_view kHttpSpace = "\t\n\r ";

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
        if (ascii_iequals(name, "charset")) return value;
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
        if (!next->charset && ascii_iequals(next->essence, last.essence)) continue;
        last = *std::move(next);
    }
    return last.charset.value_or(std::string());
}

}  // namespace riptide::text
