#include "core/plain_text.h"

#include <cstdint>

#include "core/chars.h"

namespace riptide::core {
namespace {

struct Reference {
    std::string_view name;
    char32_t point;
};

/// The references that writers of metadata use; the parser resolved all others once already.
constexpr Reference kReferences[] = {
    {"amp", U'&'},     {"quot", U'"'},     {"apos", U'\''},   {"lt", U'<'},      {"gt", U'>'},
    {"nbsp", U' '},    {"ndash", 0x2013},  {"mdash", 0x2014}, {"lsquo", 0x2018}, {"rsquo", 0x2019},
    {"ldquo", 0x201C}, {"rdquo", 0x201D},  {"sbquo", 0x201A}, {"bdquo", 0x201E}, {"laquo", 0xAB},
    {"raquo", 0xBB},   {"hellip", 0x2026}, {"middot", 0xB7},  {"bull", 0x2022},  {"deg", 0xB0},
    {"euro", 0x20AC},  {"copy", 0xA9},     {"reg", 0xAE},     {"trade", 0x2122}, {"auml", 0xE4},
    {"ouml", 0xF6},    {"uuml", 0xFC},     {"Auml", 0xC4},    {"Ouml", 0xD6},    {"Uuml", 0xDC},
    {"szlig", 0xDF},   {"eacute", 0xE9},   {"egrave", 0xE8},  {"ecirc", 0xEA},   {"agrave", 0xE0},
    {"aacute", 0xE1},  {"acirc", 0xE2},    {"atilde", 0xE3},  {"ccedil", 0xE7},  {"iacute", 0xED},
    {"ntilde", 0xF1},  {"oacute", 0xF3},   {"otilde", 0xF5},  {"ocirc", 0xF4},   {"uacute", 0xFA},
    {"ugrave", 0xF9},  {"icirc", 0xEE},    {"aring", 0xE5},   {"aelig", 0xE6},   {"oslash", 0xF8},
    {"Eacute", 0xC9},  {"shy", 0xAD},
};

/// The code point of the reference at the start of `text` ("&amp;"), with its size; 0 for none.
char32_t reference_at(std::string_view text, std::size_t& size) {
    const std::size_t end = text.substr(0, 12).find(';');
    if (end == std::string_view::npos || end < 3) return 0;
    size = end + 1;
    std::string_view name = text.substr(1, end - 1);
    if (name[0] != '#') {
        for (const Reference& reference : kReferences) {
            if (reference.name == name) return reference.point;
        }
        return 0;
    }
    name.remove_prefix(1);
    const bool hex = name[0] == 'x' || name[0] == 'X';
    if (hex) name.remove_prefix(1);
    std::uint32_t point = 0;
    for (const char c : name) {
        const char lower = to_lower(c);
        const bool decimal = c >= '0' && c <= '9';
        if (!decimal && !(hex && lower >= 'a' && lower <= 'f')) return 0;
        const auto digit = static_cast<std::uint32_t>(decimal ? c - '0' : lower - 'a' + 10);
        point = point * (hex ? 16 : 10) + digit;
        if (point > 0x10FFFF) return 0;
    }
    if (point >= 0xD800 && point < 0xE000) return 0;
    return point < 0x20 ? U' ' : static_cast<char32_t>(point);
}

std::string unescape(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t mark = text.find('&', at);
        out.append(text, at, mark - at);
        if (mark == std::string_view::npos) break;
        std::size_t size = 0;
        const char32_t point = reference_at(text.substr(mark), size);
        if (point == 0) {
            out += '&';
            at = mark + 1;
        } else {
            append_utf8(point, out);
            at = mark + size;
        }
    }
    return out;
}

}  // namespace

std::string plain_text(std::string_view raw, std::size_t max_bytes) {
    // White space and references may shrink: look at more than what is kept, but not at everything.
    raw = utf8_prefix(raw, max_bytes * 8);
    std::string unescaped;
    for (int pass = 0; pass < 2 && raw.find('&') != std::string_view::npos; ++pass) {
        unescaped = unescape(raw);
        raw = unescaped;
    }
    std::string out;
    append_collapsed(raw, out);
    for (char& c : out) {
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7F') c = ' ';
    }
    out = trim(out);
    out.resize(utf8_prefix(out, max_bytes).size());
    return out;
}

bool append_letter(char32_t point, std::string& out) {
    if (point < 0x80) {
        const char c = to_lower(static_cast<char>(point));
        if (!is_ascii_alphanumeric(c)) return false;
        out += c;
        return true;
    }
    if ((point >= 0x2000 && point <= 0x2BFF) || point < 0xC0 || point == 0x3000) return false;
    append_utf8(point, out);
    return true;
}

std::string letters_only(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) append_letter(next_code_point(text, at), out);
    return out;
}

}  // namespace riptide::core
