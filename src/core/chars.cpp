#include "core/chars.h"

#include <algorithm>

#include "core/unicode_ranges.h"

namespace riptide::core {
namespace {

template <std::size_t kSize>
bool is_in(const CodePointRange (&ranges)[kSize], std::uint32_t point) {
    const CodePointRange* found =
        std::lower_bound(std::begin(ranges), std::end(ranges), point,
                         [](const CodePointRange& r, std::uint32_t p) { return r.last < p; });
    return found != std::end(ranges) && found->first <= point;
}

constexpr bool is_digit(std::uint32_t point) { return point >= '0' && point <= '9'; }

constexpr ByteSet kNoAsciiWord = ByteSet::where([](char c) { return !is_ascii_alphanumeric(c); });
constexpr ByteSet kNoSpace = ByteSet::where([](char c) { return !is_space(c); });
/// First bytes for which `space_size` may have an answer.
constexpr ByteSet kMayBeSpace = ByteSet::of(" \n\t\r\f\xC2\xE2\xE3\xEF");

/// Scripts without spaces in which a character is counted as a word.
bool is_ideographic(std::uint32_t p) {
    if (p < 0x3000) return false;
    return (p >= 0x3041 && p <= 0x30FF) || (p >= 0x31F0 && p <= 0x31FF) ||
           (p >= 0x3400 && p <= 0x4DBF) || (p >= 0x4E00 && p <= 0x9FFF) ||
           (p >= 0xF900 && p <= 0xFAFF) || (p >= 0xFF66 && p <= 0xFF9F) ||
           (p >= 0x20000 && p <= 0x3FFFF) || p == 0x3005 || p == 0x3007;
}

/// Scripts without spaces in which words are several characters long.
bool is_unspaced(std::uint32_t p) {
    if (p < 0x0E00) return false;
    return (p >= 0x0E00 && p <= 0x0EFF) || (p >= 0x1000 && p <= 0x109F) ||
           (p >= 0x1780 && p <= 0x17FF) || (p >= 0xA9E0 && p <= 0xA9FF) ||
           (p >= 0xAA60 && p <= 0xAA7F);
}

}  // namespace

InkUnit ink_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) -> std::uint32_t {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const auto unit = [](bool space, bool nothing, std::uint8_t size) {
        return InkUnit{space ? Ink::kSpace : nothing ? Ink::kNothing : Ink::kVisible, size};
    };
    const std::uint32_t b0 = byte(0);
    const std::uint32_t b1 = byte(1);
    const std::uint32_t b2 = byte(2);
    switch (b0) {
        case 0xC2:
            return unit(b1 == 0xA0 || b1 == 0x85, (b1 >= 0x80 && b1 < 0xA0) || b1 == 0xAD, 2);
        case 0xE1:
            return unit(b1 == 0x9A && b2 == 0x80, false, 3);
        case 0xE2:
            if (b1 == 0x80) {
                return unit((b2 >= 0x80 && b2 <= 0x8A) || b2 == 0xA8 || b2 == 0xA9 || b2 == 0xAF,
                            b2 == 0x8B, 3);
            }
            return unit(b1 == 0x81 && b2 == 0x9F, b1 == 0x81 && b2 >= 0xA0 && b2 <= 0xA4, 3);
        case 0xE3:
            return unit(b1 == 0x80 && b2 == 0x80, false, 3);
        case 0xEF:
            return unit(false, (b1 == 0xBB && b2 == 0xBF) || (b1 == 0xBF && b2 >= 0xBE), 3);
        case 0xF3:
            return unit(false, b1 == 0xA0 && (b2 == 0x80 || b2 == 0x81), 4);
        default:
            return unit(b0 == ' ' || (b0 >= 0x09 && b0 <= 0x0D), b0 < 0x20 || b0 == 0x7F, 1);
    }
}

void append_line(std::string_view text, std::string& out) {
    const std::size_t begin = out.size();
    bool space = false;
    for (std::size_t at = 0; at < text.size();) {
        const InkUnit unit = ink_at(text, at);
        if (unit.ink == Ink::kVisible) {
            if (space && out.size() > begin) out.push_back(' ');
            space = false;
            out.append(text, at, unit.size);
        } else if (unit.ink == Ink::kSpace) {
            space = true;
        }
        at += unit.size;
    }
}

CharClass char_class(char32_t code_point) {
    const auto p = static_cast<std::uint32_t>(code_point);
    if (p < 0x80) {
        if (is_digit(p) || ((p | 0x20U) >= 'a' && (p | 0x20U) <= 'z')) return CharClass::kWord;
        return p <= ' ' || p == 0x7F ? CharClass::kSpace : CharClass::kPunctuation;
    }
    if (p == 0x85 || p == 0xA0 || p == 0x1680 || (p >= 0x2000 && p <= 0x200A) || p == 0x2028 ||
        p == 0x2029 || p == 0x202F || p == 0x205F || p == 0x3000) {
        return CharClass::kSpace;
    }
    if (is_in(kPunctuation, p)) return CharClass::kPunctuation;
    return is_in(kSymbols, p) ? CharClass::kSymbol : CharClass::kWord;
}

std::uint32_t count_words(std::string_view text) {
    constexpr std::uint32_t kUnspacedWord = 5;
    constexpr std::uint32_t kNothing = 0;
    std::uint32_t words = 0;
    std::uint32_t unspaced = 0;       // characters of the run that an unspaced script has here
    std::uint32_t last = kNothing;    // the character before, when it belongs to a word
    std::uint32_t joiner = kNothing;  // the one between: it joins when a word goes on after it
    for (std::size_t at = 0; at < text.size();) {
        // The rest of a word in ASCII, and the plain space after it: most of most texts.
        if (last != kNothing && joiner == kNothing) {
            if (const std::size_t end = kNoAsciiWord.find(text, at); end > at) {
                last = static_cast<unsigned char>(text[end - 1]);
                at = end;
            }
            if (at == text.size()) break;
        }
        const auto p = static_cast<std::uint32_t>(next_code_point(text, at));
        if (p == ' ') {
            last = joiner = kNothing;
            unspaced = 0;
            continue;
        }
        if (char_class(p) != CharClass::kWord) {
            const bool joins = last != kNothing && joiner == kNothing &&
                               (p == '\'' || p == 0x2019 || p == '.' || p == ',');
            joiner = joins ? p : kNothing;
            if (!joins) last = kNothing;
            unspaced = 0;
            continue;
        }
        if (is_ideographic(p)) {
            ++words;
            last = joiner = kNothing;
            continue;
        }
        if (is_unspaced(p)) {
            if (unspaced++ % kUnspacedWord == 0) ++words;
            last = joiner = kNothing;
            continue;
        }
        const bool goes_on = last != kNothing && (joiner != ',' || (is_digit(last) && is_digit(p)));
        if (!goes_on) ++words;
        last = p;
        joiner = kNothing;
        unspaced = 0;
    }
    return words;
}

std::size_t wide_space_size(std::string_view text, std::size_t at) {
    const char c = text[at];
    const std::string_view rest = text.substr(at);
    if (c == '\xC2') return rest.starts_with("\xC2\xA0") ? 2 : 0;
    if (c == '\xE2') return rest.starts_with("\xE2\x80\x8B") ? 3 : 0;
    if (c == '\xE3') return rest.starts_with("\xE3\x80\x80") ? 3 : 0;
    if (c == '\xEF') return rest.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    return 0;
}

bool is_blank(std::string_view text) {
    for (std::size_t i = kNoSpace.find(text, 0); i < text.size(); i = kNoSpace.find(text, i)) {
        const std::size_t size = space_size(text, i);
        if (size == 0) return false;
        i += size;
    }
    return true;
}

void append_collapsed(std::string_view text, std::string& out) {
    bool at_space = out.empty() || out.back() == ' ' || out.back() == '\n';
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t space = space_size(text, i);
        if (space > 0) {
            if (!at_space) out.push_back(' ');
            at_space = true;
            i += space;
            continue;
        }
        std::size_t end = kMayBeSpace.find(text, i + 1);
        while (end < text.size() && space_size(text, end) == 0) {
            end = kMayBeSpace.find(text, end + 1);
        }
        out.append(text, i, end - i);
        at_space = false;
        i = end;
    }
}

std::string_view trim_ascii(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::string_view trim(std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = space_size(text, 0);
        if (size == 0) break;
        text.remove_prefix(size);
    }
    while (!text.empty()) {
        std::size_t start = text.size() - 1;
        while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
        if (space_size(text, start) != text.size() - start) break;
        text.remove_suffix(text.size() - start);
    }
    return text;
}

std::uint32_t parse_number(std::string_view text, std::uint32_t otherwise) {
    constexpr std::uint32_t kLargest = 999'999'999;
    text = trim_ascii(text);
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    if (text.empty() || !is_digit(static_cast<unsigned char>(text.front()))) return otherwise;
    std::uint32_t value = 0;
    for (const char c : text) {
        if (!is_digit(static_cast<unsigned char>(c))) break;
        if (value > kLargest / 10) return kLargest;
        value = value * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return std::min(value, kLargest);
}

std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes) {
    if (text.size() <= max_bytes) return text;
    std::size_t end = max_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end);
}

bool ascii_icontains(std::string_view text, std::string_view needle) {
    return std::search(text.begin(), text.end(), needle.begin(), needle.end(),
                       [](char x, char y) { return to_lower(x) == y; }) != text.end();
}

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), to_lower);
    return out;
}

std::size_t count_code_points(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

void append_utf8(char32_t code_point, std::string& out) {
    const auto point = static_cast<std::uint32_t>(code_point);
    const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | (point >> 6));
        put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | (point >> 12));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | (point >> 18));
        put(0x80 | ((point >> 12) & 0x3F));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    }
}

}  // namespace riptide::core
