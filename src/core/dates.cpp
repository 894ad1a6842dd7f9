#include "core/dates.h"

#include <cstdint>

#include "core/calendar.h"
#include "core/chars.h"

namespace riptide::core {
namespace {

constexpr std::size_t kMaxText = 300;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

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
    WrittenDate found;
    return match_date(text, order, found) ? to_iso(found.date) : std::string();
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
    WrittenDate found;
    if (!match_date(text, order, found)) return {};
    std::string out = to_iso(found.date);
    append_time(text.substr(found.end), out);
    return out;
}

}  // namespace riptide::core
