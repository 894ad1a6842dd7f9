#include "base/escape.h"

#include <algorithm>

#include "base/bytes.h"

namespace riptide {
namespace {

constexpr ByteSet kMarkup = ByteSet::of("&<>\"");
/// Markup, and first bytes of what XML has no place for.
constexpr ByteSet kXmlSpecial = ByteSet::where([](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return kMarkup.contains(c) || byte < 0x20 || byte == 0xEF;
});

/// What stands for a character that both languages read as markup; empty for others.
std::string_view reference(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        default:
            return {};
    }
}

/// Bytes at the beginning of `text` that XML 1.0 has no place for.
std::size_t forbidden_in_xml(std::string_view text) {
    const auto c = static_cast<unsigned char>(text.front());
    if (c < 0x20) return c == '\t' || c == '\n' ? 0 : 1;
    return text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF") ? 3 : 0;
}

}  // namespace

void append_html(std::string_view text, std::string& out) {
    for (std::size_t begin = 0;;) {
        const std::size_t end = kMarkup.find(text, begin);
        out.append(text, begin, end - begin);
        if (end == text.size()) return;
        out += reference(text[end]);
        begin = end + 1;
    }
}

void append_xml(std::string_view text, std::string& out) {
    std::size_t begin = 0;
    for (std::size_t i = kXmlSpecial.find(text, 0); i < text.size();
         i = kXmlSpecial.find(text, i)) {
        const std::string_view entity = reference(text[i]);
        const std::size_t forbidden = entity.empty() ? forbidden_in_xml(text.substr(i)) : 1;
        if (forbidden > 0) {
            out.append(text, begin, i - begin);
            out += entity;
            begin = i + forbidden;
        }
        i += std::max<std::size_t>(forbidden, 1);
    }
    out.append(text, begin, text.size() - begin);
}

}  // namespace riptide
