#include "core/date_tokens.h"

#include "core/chars.h"
#include "core/month_names.h"

namespace riptide::core {
namespace {

/// The value of a decimal digit of a script in use, or -1.
int digit_value(char32_t point) {
    if (point < 0x80) return point >= '0' && point <= '9' ? static_cast<int>(point - '0') : -1;
    constexpr std::array<char32_t, 7> kZeros = {0x0660, 0x06F0, 0x0966, 0x09E6,
                                                0x0E50, 0x1040, 0xFF10};
    for (const char32_t zero : kZeros) {
        if (point >= zero && point < zero + 10) return static_cast<int>(point - zero);
    }
    return -1;
}

bool is_word_mark(char32_t point) {
    return point == U'年' || point == U'月' || point == U'日' || point == U'년' || point == U'월' ||
           point == U'일';
}

bool is_letter(char32_t point) {
    if (point < 0x80) return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
    if (point < 0xC0 || point == 0xD7 || point == 0xF7 || point == 0xFFFD) return false;
    return !(point >= 0x2000 && point <= 0x2BFF) && !(point >= 0x3000 && point <= 0x303F) &&
           point != 0x060C && digit_value(point) < 0 && !is_word_mark(point);
}

/// Bytes of white space at `at`, which in dates is often narrow: "4.&thinsp;2.&thinsp;2022".
std::size_t blank_size(std::string_view text, std::size_t at) {
    if (const std::size_t size = space_size(text, at); size > 0) return size;
    std::size_t next = at;
    const char32_t point = next_code_point(text, next);
    const bool is_narrow = (point >= 0x2000 && point <= 0x200A) || point == 0x202F;
    return is_narrow ? next - at : 0;
}

void read_number(std::string_view text, std::size_t& at, DateToken& token) {
    while (at < text.size()) {
        std::size_t next = at;
        const int digit = digit_value(next_code_point(text, next));
        if (digit < 0) return;
        if (token.digits < 9) token.value = token.value * 10 + digit;
        ++token.digits;
        at = next;
    }
}

/// Thai abbreviates months as "ม.ค.": a full stop between two of its letters is of the word.
void read_word(std::string_view text, std::size_t& at) {
    while (at < text.size()) {
        std::size_t next = at;
        const char32_t point = next_code_point(text, next);
        if (point == U'.' && text.substr(next).starts_with("\xE0\xB8") &&
            text.substr(at >= 3 ? at - 3 : 0).starts_with("\xE0\xB8")) {
            at = next;
            continue;
        }
        if (!is_letter(point)) return;
        at = next;
    }
}

}  // namespace

DateTokens::DateTokens(std::string_view text) {
    bool space = true;
    for (std::size_t at = 0; at < text.size() && size < list.size();) {
        if (const std::size_t blank = blank_size(text, at); blank > 0) {
            at += blank;
            space = true;
            continue;
        }
        DateToken& token = list[size++];
        token.after_space = space;
        token.at = at;
        space = false;
        std::size_t next = at;
        const char32_t point = next_code_point(text, next);
        if (digit_value(point) >= 0) {
            token.kind = DateToken::kNumber;
            read_number(text, at, token);
        } else if (is_letter(point)) {
            token.kind = DateToken::kWord;
            read_word(text, at);
            token.month = month_of_word(text.substr(token.at, at - token.at));
        } else {
            token.mark = point;
            at = next;
        }
        token.end = at;
    }
}

}  // namespace riptide::core
