#include "core/dates.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/calendar.h"
#include "core/chars.h"
#include "core/month_names.h"

namespace riptide::core {
namespace {

constexpr std::size_t kMaxText = 300;
constexpr std::size_t kMaxTokens = 80;
constexpr int kBuddhistEra = 543;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The value of a decimal digit of a script in use, or -1.
int digit_value(char32_t point) {
    constexpr std::array<char32_t, 8> kZeros = {U'0',   0x0660, 0x06F0, 0x0966,
                                                0x09E6, 0x0E50, 0x1040, 0xFF10};
    for (const char32_t zero : kZeros) {
        if (point >= zero && point < zero + 10) return static_cast<int>(point - zero);
    }
    return -1;
}

struct Token {
    enum Kind : std::uint8_t { kNumber, kWord, kMark } kind = kMark;
    char32_t mark = 0;  // of marks; white space is no token
    int value = 0;      // of numbers
    int digits = 0;
    int month = 0;  // of words
    bool after_space = false;
    std::size_t at = 0;
    std::size_t end = 0;
};

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

struct Tokens {
    std::array<Token, kMaxTokens> list;
    std::size_t size = 0;

    explicit Tokens(std::string_view text) {
        bool space = true;
        for (std::size_t at = 0; at < text.size() && size < kMaxTokens;) {
            if (const std::size_t blank = space_size(text, at); blank > 0) {
                at += blank;
                space = true;
                continue;
            }
            Token& token = list[size++];
            token.after_space = space;
            token.at = at;
            space = false;
            std::size_t next = at;
            const char32_t point = next_code_point(text, next);
            if (digit_value(point) >= 0) {
                token.kind = Token::kNumber;
                read_number(text, at, token);
            } else if (is_letter(point)) {
                token.kind = Token::kWord;
                const std::size_t from = at;
                read_word(text, at);
                token.month = month_of_word(text.substr(from, at - from));
            } else {
                token.mark = point;
                at = next;
            }
            token.end = at;
        }
    }

    static void read_number(std::string_view text, std::size_t& at, Token& token) {
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
    static void read_word(std::string_view text, std::size_t& at) {
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
};

/// Matches dates at a token; each function leaves `end_` past what it took.
class DateMatcher {
public:
    DateMatcher(std::string_view text, DateOrder order)
        : text_(text), tokens_(text), order_(order) {}

    /// The first date, and where the text goes on after it.
    bool find(Date& date, std::size_t& end) {
        for (std::size_t i = 0; i < tokens_.size; ++i) {
            const Token& token = tokens_.list[i];
            const bool found =
                token.kind == Token::kNumber
                    ? year_first(i, date) || day_month_name(i, date) || numeric(i, date)
                    : token.kind == Token::kWord && token.month > 0 && month_name_first(i, date);
            if (found) {
                end = tokens_.list[end_ - 1].end;
                return true;
            }
        }
        return false;
    }

private:
    const Token* at(std::size_t i) const { return i < tokens_.size ? &tokens_.list[i] : nullptr; }

    bool is_number(std::size_t i, int max_digits) const {
        const Token* token = at(i);
        return token != nullptr && token->kind == Token::kNumber && token->digits <= max_digits;
    }
    bool is_year(std::size_t i) const {
        const Token* token = at(i);
        return token != nullptr && token->kind == Token::kNumber && token->digits == 4;
    }
    bool is_mark(std::size_t i, char32_t mark) const {
        const Token* token = at(i);
        return token != nullptr && token->kind == Token::kMark && token->mark == mark;
    }

    /// Past commas, full stops, apostrophes, and the small words between the parts of a date:
    /// "5 de mayo de 2020", "5th of May", "ngày 5 tháng 3 năm 2020", "2020 m. kovo 5 d.".
    std::size_t skip_glue(std::size_t i) const {
        for (int taken = 0; taken < 4; ++taken) {
            const Token* token = at(i);
            if (token == nullptr) return i;
            if (token->kind == Token::kMark) {
                if (std::u32string_view(U".,،'’-–/").find(token->mark) ==
                    std::u32string_view::npos) {
                    return i;
                }
            } else if (token->kind == Token::kNumber || token->month > 0 ||
                       !is_glue_word(text_.substr(token->at, token->end - token->at))) {
                return i;
            }
            ++i;
        }
        return i;
    }

    static bool is_glue_word(std::string_view word) {
        constexpr std::string_view kWords[] = {
            "st",    "nd",  "rd",   "th",  "of",   "de", "del", "do",  "da",   "di",
            "er",    "le",  "the",  "e",   "o",    "a",  "ta",  "lea", "года", "г",
            "tháng", "năm", "พ",    "ศ",   "m",    "d",  "ko",  "ro",  "ª",    "º",
            "din",   "den", "ngày", "від", "року", "ใน", "พ.ศ", "på"};
        for (const std::string_view glue : kWords) {
            if (ascii_iequals(word, glue)) return true;
        }
        return false;
    }

    bool accept(Date candidate, std::size_t end, Date& date) {
        if (candidate.month > kSolarHijri) {
            candidate.month -= kSolarHijri;
            if (candidate.year < 1300 || candidate.year > 1450 || candidate.day > 31) return false;
            candidate = from_solar_hijri(candidate);
        } else if (candidate.year >= 2443 && candidate.year <= 2643) {
            candidate.year -= kBuddhistEra;
        } else if (candidate.year >= 1370 && candidate.year <= 1450 && candidate.month >= 1 &&
                   candidate.month <= 12 && candidate.day >= 1 && candidate.day <= 31) {
            candidate = from_solar_hijri(candidate);
        }
        if (!is_valid(candidate)) return false;
        date = candidate;
        end_ = end;
        return true;
    }

    /// "2024-05-17", "2024/5/17", "2024. 5. 17.", "2024年5月17日", "2024. május 17."
    bool year_first(std::size_t i, Date& date) {
        if (!is_year(i)) return false;
        const int year = tokens_.list[i].value;
        std::size_t j = i + 1;
        const Token* separator = at(j);
        if (separator == nullptr) return false;
        const bool mark =
            separator->kind == Token::kMark &&
            std::u32string_view(U"-/.年년‐–").find(separator->mark) != std::u32string_view::npos;
        if (mark && is_number(j + 1, 2)) {
            const int month = tokens_.list[j + 1].value;
            const Token* second = at(j + 2);
            if (second == nullptr || second->kind != Token::kMark || !is_number(j + 3, 2)) {
                return false;
            }
            const char32_t expected = separator->mark == U'年'   ? U'月'
                                      : separator->mark == U'년' ? U'월'
                                                                 : separator->mark;
            if (second->mark != expected) return false;
            std::size_t end = j + 4;
            if (is_mark(end, U'日') || is_mark(end, U'일')) ++end;
            return accept({year, month, tokens_.list[j + 3].value}, end, date);
        }
        j = skip_glue(j);
        const Token* name = at(j);
        if (name == nullptr || name->month == 0) return false;
        const std::size_t day = skip_glue(j + 1);
        if (!is_number(day, 2)) return false;
        // In "... 2020 May 5, 2021" the first year is not the date's.
        if (const std::size_t later = skip_glue(day + 1); is_year(later)) return false;
        return accept({year, name->month, tokens_.list[day].value}, day + 1, date);
    }

    /// "17 May 2024", "17. Mai 2024", "17 de mayo de 2024", "17-May-24"
    bool day_month_name(std::size_t i, Date& date) {
        if (!is_number(i, 2)) return false;
        std::size_t j = skip_glue(i + 1);
        const Token* name = at(j);
        int month = 0;
        if (name != nullptr && name->month > 0) {
            month = name->month;
        } else if (j > i + 1 && is_number(j, 2) && tokens_.list[j - 1].kind == Token::kWord) {
            month = name->value;  // Vietnamese: "tháng 5"
        } else {
            return false;
        }
        j = skip_glue(j + 1);
        if (is_year(j))
            return accept({tokens_.list[j].value, month, tokens_.list[i].value}, j + 1, date);
        if (is_number(j, 2) && tokens_.list[j].digits == 2 && !is_mark(j + 1, U':') &&
            (is_mark(j - 1, U'-') || is_mark(j - 1, U'\'') || is_mark(j - 1, U'’'))) {
            return accept({century(tokens_.list[j].value), month, tokens_.list[i].value}, j + 1,
                          date);
        }
        return false;
    }

    /// "May 17, 2024", "May 17th 2024"
    bool month_name_first(std::size_t i, Date& date) {
        const std::size_t day = skip_glue(i + 1);
        if (!is_number(day, 2)) return false;
        std::size_t year = skip_glue(day + 1);
        if (!is_year(year)) return false;
        return accept({tokens_.list[year].value, tokens_.list[i].month, tokens_.list[day].value},
                      year + 1, date);
    }

    /// "17.05.2024", "17/05/24", "5/17/2024"
    bool numeric(std::size_t i, Date& date) {
        if (!is_number(i, 2) || !is_number(i + 2, 2) || at(i + 4) == nullptr) return false;
        const Token& separator = tokens_.list[i + 1];
        if (separator.kind != Token::kMark || !is_mark(i + 3, separator.mark) ||
            std::u32string_view(U"./-‐–").find(separator.mark) == std::u32string_view::npos) {
            return false;
        }
        int year = 0;
        if (is_year(i + 4)) {
            year = tokens_.list[i + 4].value;
        } else if (is_number(i + 4, 2) && tokens_.list[i + 4].digits == 2 &&
                   !tokens_.list[i + 4].after_space) {
            year = century(tokens_.list[i + 4].value);
        } else {
            return false;
        }
        const int first = tokens_.list[i].value;
        const int second = tokens_.list[i + 2].value;
        const bool month_first = second > 12 || (first <= 12 && separator.mark == U'/' &&
                                                 order_ == DateOrder::kMonthFirst);
        return month_first ? accept({year, first, second}, i + 5, date)
                           : accept({year, second, first}, i + 5, date);
    }

    static int century(int year) { return year < 70 ? 2000 + year : 1900 + year; }

    std::string_view text_;
    Tokens tokens_;
    DateOrder order_;
    std::size_t end_ = 0;
};

bool has_digit(std::string_view text) {
    for (const char c : text) {
        if (is_digit(c) || static_cast<unsigned char>(c) >= 0x80) return true;
    }
    return false;
}

int two_digits(std::string_view text, std::size_t at) {
    return at + 1 < text.size() && is_digit(text[at]) && is_digit(text[at + 1])
               ? (text[at] - '0') * 10 + (text[at + 1] - '0')
               : -1;
}

int four_digits(std::string_view text, std::size_t at) {
    const int high = two_digits(text, at);
    const int low = two_digits(text, at + 2);
    return high < 0 || low < 0 ? -1 : high * 100 + low;
}

/// "2024-05-17", "2024-05-17T10:00Z", "2024-05": as they stand.
bool is_iso(std::string_view text) {
    Date date{four_digits(text, 0), 0, 1};
    if (text.size() < 7 || text[4] != '-') return false;
    date.month = two_digits(text, 5);
    if (text.size() == 7) return is_valid(date);
    if (text[7] != '-') return false;
    date.day = two_digits(text, 8);
    if (!is_valid(date)) return false;
    const std::string_view rest = text.substr(10);
    if (rest.empty()) return true;
    if (rest.size() > 30 || (rest[0] != 'T' && rest[0] != ' ' && rest[0] != 't')) return false;
    for (const char c : rest) {
        if (!is_digit(c) && std::string_view("Tt :.,+-ZzUTCGM").find(c) == std::string_view::npos) {
            return false;
        }
    }
    return two_digits(rest, 1) >= 0 && two_digits(rest, 1) < 25;
}

/// The time of day and the offset right after a date: "10:00:05 +0200", "at 3:15 pm".
void append_time(std::string_view rest, std::string& out) {
    if (rest.size() > 40) rest = rest.substr(0, 40);
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos || colon == 0) return;
    std::size_t start = colon;
    while (start > 0 && is_digit(rest[start - 1]) && colon - start < 2) --start;
    if (start == colon || start > 6) return;
    int hour = colon - start == 2 ? two_digits(rest, start) : rest[start] - '0';
    const int minute = two_digits(rest, colon + 1);
    if (minute < 0 || minute > 59) return;
    std::size_t at = colon + 3;
    int second = -1;
    if (at < rest.size() && rest[at] == ':') {
        second = two_digits(rest, at + 1);
        if (second >= 0) at += 3;
    }
    std::string_view zone = trim(rest.substr(at));
    if (ascii_icontains(zone.substr(0, 2), "pm") && hour < 12) hour += 12;
    if (ascii_icontains(zone.substr(0, 2), "am") && hour == 12) hour = 0;
    if (ascii_iequals(zone.substr(0, 2), "am") || ascii_iequals(zone.substr(0, 2), "pm")) {
        zone = trim(zone.substr(2));
    }
    if (hour > 24) return;
    out += 'T';
    append_padded(hour, 2, out);
    out += ':';
    append_padded(minute, 2, out);
    if (second >= 0 && second <= 60) {
        out += ':';
        append_padded(second, 2, out);
    }
    if (zone == "Z" || zone == "GMT" || zone == "UTC") {
        out += 'Z';
        return;
    }
    if (zone.starts_with("GMT") || zone.starts_with("UTC")) zone = trim(zone.substr(3));
    if (zone.size() < 5 || (zone[0] != '+' && zone[0] != '-')) return;
    const int offset_minutes = two_digits(zone, zone[3] == ':' ? 4 : 3);
    if (two_digits(zone, 1) < 0 || offset_minutes < 0) return;
    out += zone[0];
    append_padded(two_digits(zone, 1), 2, out);
    out += ':';
    append_padded(offset_minutes, 2, out);
}

std::string from_unix_time(std::string_view digits) {
    std::int64_t seconds = 0;
    for (const char c : digits.substr(0, 10)) seconds = seconds * 10 + (c - '0');
    const Date date = civil_from_days(seconds / 86400);
    if (!is_valid(date)) return {};
    std::string out = to_iso(date);
    const auto of_day = static_cast<int>(seconds % 86400);
    out += 'T';
    append_padded(of_day / 3600, 2, out);
    out += ':';
    append_padded(of_day / 60 % 60, 2, out);
    out += ':';
    append_padded(of_day % 60, 2, out);
    out += 'Z';
    return out;
}

/// "20240517", "20240517T100000Z", "20240517100000"
std::string from_compact(std::string_view text) {
    const Date date{four_digits(text, 0), two_digits(text, 4), two_digits(text, 6)};
    if (text.size() < 8 || !is_valid(date)) return {};
    std::string out = to_iso(date);
    std::string_view rest = text.substr(8);
    if (rest.empty()) return out;
    if (rest[0] == 'T' || rest[0] == ' ' || rest[0] == '-') {
        rest.remove_prefix(1);
    } else if (!is_digit(rest[0])) {
        return {};
    }
    if (two_digits(rest, 0) >= 0 && two_digits(rest, 0) < 24 && two_digits(rest, 2) >= 0) {
        out.append("T").append(rest.substr(0, 2)).append(":").append(rest.substr(2, 2));
        if (two_digits(rest, 4) >= 0) out.append(":").append(rest.substr(4, 2));
        if (rest.ends_with('Z')) out += 'Z';
    }
    return out;
}

}  // namespace

DateOrder date_order(std::string_view language) {
    return language.empty() || ascii_iequals(language, "en") ||
                   ascii_iequals(language.substr(0, 5), "en-US")
               ? DateOrder::kMonthFirst
               : DateOrder::kDayFirst;
}

std::string find_date(std::string_view text, DateOrder order) {
    text = text.substr(0, kMaxText);
    if (!has_digit(text)) return {};
    Date date;
    std::size_t end = 0;
    return DateMatcher(text, order).find(date, end) ? to_iso(date) : std::string();
}

std::string normalize_date(std::string_view text, DateOrder order) {
    text = trim(text).substr(0, kMaxText);
    if (is_iso(text)) return std::string(text);
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits])) ++digits;
    if (digits == text.size() && (digits == 10 || digits == 13)) return from_unix_time(text);
    if (digits == 8 || digits == 12 || digits == 14) {
        if (std::string out = from_compact(text); !out.empty()) return out;
    }
    if (!has_digit(text)) return {};
    Date date;
    std::size_t end = 0;
    if (!DateMatcher(text, order).find(date, end)) return {};
    std::string out = to_iso(date);
    append_time(text.substr(end), out);
    return out;
}

std::string date_in_path(std::string_view url) {
    const std::size_t scheme = url.find("://");
    const std::size_t path = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
    if (path == std::string_view::npos) return {};
    url = url.substr(path);
    url = url.substr(0, std::min(url.find_first_of("?#"), kMaxText));
    std::string month_only;
    for (std::size_t at = 1; at + 6 < url.size() + 1; ++at) {
        if (is_digit(url[at - 1]) || !is_digit(url[at])) continue;
        Date date{four_digits(url, at), 0, 0};
        if (date.year < 1990 || date.year > 2100) continue;
        std::size_t next = at + 4;
        const char separator = next < url.size() ? url[next] : '\0';
        const bool separated = separator == '/' || separator == '-' || separator == '_';
        if (separated) ++next;
        date.month = two_digits(url, next);
        next += 2;
        if (separated && next < url.size() && url[next] == separator) {
            ++next;
        } else if (separated) {
            continue;
        }
        date.day = two_digits(url, next);
        const bool ends = next + 2 >= url.size() || !is_digit(url[next + 2]);
        if (ends && is_valid(date)) return to_iso(date);
        if (separator == '/' && url[at - 1] == '/' && is_valid({date.year, date.month, 1})) {
            month_only = to_iso({date.year, date.month, 0});
        }
    }
    return month_only;
}

}  // namespace riptide::core
