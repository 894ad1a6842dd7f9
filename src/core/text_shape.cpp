#include "core/text_shape.h"

#include "core/chars.h"

namespace riptide::core {
namespace {

bool is_stop(char32_t c) {
    switch (c) {
        case U'.':
        case U'!':
        case U'?':
        case 0x2026:  // horizontal ellipsis
        case 0x061F:  // Arabic question mark
        case 0x06D4:  // Arabic full stop
        case 0x0964:  // danda
        case 0x3002:  // ideographic full stop
        case 0xFF01:
        case 0xFF0E:
        case 0xFF1F:
            return true;
        default:
            return false;
    }
}

bool is_separator(char32_t c) {
    switch (c) {
        case U'|':
        case U'/':
        case U'>':
        case 0x00AB:
        case 0x00B7:
        case 0x00BB:
        case 0x2022:
        case 0x203A:
        case 0x2190:
        case 0x2192:
            return true;
        default:
            return false;
    }
}

bool is_currency(char32_t c) {
    return c == U'$' || c == 0xA3 || c == 0xA5 || (c >= 0x20A0 && c <= 0x20CF);
}

bool is_closing(char32_t c) {
    return c == U'"' || c == U'\'' || c == U')' || c == 0x2019 || c == 0x201D || c == 0x201C ||
           c == 0xBB || c == 0x300D;
}

}  // namespace

void TextShape::add(std::string_view text) {
    bool in_word = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (is_space(text[at])) {
            in_word = false;
            ++at;
            continue;
        }
        const std::size_t begin = at;
        char32_t c = byte;
        if (byte < 0x80) {
            ++at;
        } else {
            c = next_code_point(text, at);
        }
        for (std::size_t i = begin; i < at; ++i) {
            hash = (hash ^ static_cast<unsigned char>(text[i])) * 1099511628211ULL;
        }
        bytes += static_cast<std::uint32_t>(at - begin);
        const bool capital = c >= U'A' && c <= U'Z';
        if (words == 0 && !in_word) begins_capital = capital;
        if (!in_word) ++words;
        in_word = true;
        if (c >= U'0' && c <= U'9') {
            ++digits;
        } else if (capital) {
            ++capitals;
        } else if (is_stop(c)) {
            ++stops;
        } else if (is_separator(c)) {
            ++separators;
        } else if (is_currency(c)) {
            ++currencies;
        }
        if (!is_closing(c)) last = c;
    }
}

bool TextShape::ends_sentence() const { return is_stop(last); }

}  // namespace riptide::core
