#include "config/printable.h"

#include "base/utf8.h"

namespace riptide::config {
namespace {

constexpr std::size_t kLongest = 200;

unsigned byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

/// Bytes of the control character at `at` of valid UTF-8; 0 when there is none.
std::size_t control_size(std::string_view text, std::size_t at) {
    const unsigned lead = byte_at(text, at);
    if (lead < 0x20 || lead == 0x7F) return 1;
    // U+0080 to U+009F, which terminals obey too.
    return lead == 0xC2 && byte_at(text, at + 1) < 0xA0 ? 2 : 0;
}

/// Bytes of a character that reorders its surroundings (U+202A to U+202E, U+2066 to U+2069).
std::size_t reordering_size(std::string_view text, std::size_t at) {
    if (byte_at(text, at) != 0xE2) return 0;
    const unsigned second = byte_at(text, at + 1);
    const unsigned third = byte_at(text, at + 2);
    const bool reorders = (second == 0x80 && third >= 0xAA && third <= 0xAE) ||
                          (second == 0x81 && third >= 0xA6 && third <= 0xA9);
    return reorders ? 3 : 0;
}

void append_escaped(std::string_view bytes, std::string& out) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += "\\x";
        out += kDigits[byte >> 4U];
        out += kDigits[byte & 15U];
    }
}

void append_printable(std::string_view valid, std::string& out) {
    for (std::size_t at = 0; at < valid.size();) {
        std::size_t size = control_size(valid, at);
        if (size == 0) size = reordering_size(valid, at);
        if (size != 0) {
            append_escaped(valid.substr(at, size), out);
            at += size;
        } else {
            out += valid[at++];
        }
    }
}

std::string_view cut(std::string_view text) {
    if (text.size() <= kLongest) return text;
    std::size_t end = kLongest;
    while (end > 0 && (byte_at(text, end) & 0xC0U) == 0x80) --end;
    return text.substr(0, end);
}

}  // namespace

std::string printable(std::string_view text) {
    std::string out;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t valid = first_invalid_utf8(rest);
        append_printable(rest.substr(0, valid), out);
        if (valid == rest.size()) break;
        append_escaped(rest.substr(valid, 1), out);
        rest.remove_prefix(valid + 1);
    }
    return out;
}

std::string printable_excerpt(std::string_view text) {
    const std::string_view shown = cut(text);
    return printable(shown) + (shown.size() < text.size() ? "..." : "");
}

std::string without_controls(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        const bool layout = utf8[at] == '\n' || utf8[at] == '\t';
        const std::size_t size = layout ? 0 : control_size(utf8, at);
        if (size == 0) {
            out += utf8[at++];
        } else {
            out += "\uFFFD";
            at += size;
        }
    }
    return out;
}

}  // namespace riptide::config
