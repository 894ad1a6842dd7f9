#include "core/dates.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/ascii.h"
#include "core/calendar.h"
#include "core/chars.h"

namespace riptide::core {
namespace {

constexpr std::size_t kMaxText = 300;
/// Bytes after a day that are read for its time, and of those that may come before it.
constexpr std::size_t kMaxTime = 40;
constexpr std::size_t kMaxBeforeTime = 6;

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

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    return end - at;
}

struct TimeOfDay {
    int hour = -1;
    int minute = -1;
    int second = -1;  // -1 where it is not told
    std::string_view fraction;
};

bool is_valid(const TimeOfDay& time) {
    return time.hour >= 0 && time.hour < 24 && time.minute >= 0 && time.minute < 60 &&
           time.second < 60;
}

/// The offset that a text begins with, as ISO 8601 writes it: "Z", "+01:00", empty where none is
/// told. Nothing for what is no offset, though it begins as one.
std::optional<std::string> read_offset(std::string_view text) {
    std::size_t letters = 0;
    while (letters < text.size() && is_ascii_alphanumeric(text[letters])) ++letters;
    const std::string_view word = text.substr(0, letters);
    const bool is_utc =
        ascii_iequals(word, "z") || ascii_iequals(word, "utc") || ascii_iequals(word, "gmt");
    if (is_utc) text = trim(text.substr(letters));
    const std::size_t digits = digits_at(text, 1);
    if (digits == 0 || (text[0] != '+' && text[0] != '-')) return is_utc ? "Z" : "";
    if (digits != 2 && digits != 4) return std::nullopt;
    const bool has_colon = digits == 2 && text.substr(3).starts_with(':');
    const int hours = two_digits(text, 1);
    const int minutes = digits == 4 ? two_digits(text, 3) : has_colon ? two_digits(text, 4) : 0;
    if (hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
    std::string out(1, text[0]);
    append_padded(hours, 2, out);
    out += ':';
    append_padded(minutes, 2, out);
    return out;
}

/// Appends a time and the offset after it; where either is none, the day says it all.
void append_time(const TimeOfDay& time, std::string_view after, std::string& out) {
    const std::optional<std::string> offset = read_offset(trim(after));
    if (!is_valid(time) || !offset) return;
    out += 'T';
    append_padded(time.hour, 2, out);
    out += ':';
    append_padded(time.minute, 2, out);
    if (time.second >= 0) {
        out += ':';
        append_padded(time.second, 2, out);
    }
    if (!time.fraction.empty()) out.append(".").append(time.fraction);
    out += *offset;
}

/// Takes "am" or "pm" off the text behind a time.
void apply_half_of_day(std::string_view& after, TimeOfDay& time) {
    const std::string_view half = after.substr(0, 2);
    const bool is_pm = ascii_iequals(half, "pm");
    if (!is_pm && !ascii_iequals(half, "am")) return;
    if (is_pm && time.hour < 12) time.hour += 12;
    if (!is_pm && time.hour == 12) time.hour = 0;
    after.remove_prefix(half.size());
}

/// The time of day and the offset right after a date: "T10:00:05.123Z", " 10:00:05 +0200",
/// ", at 3:15 pm".
void append_written_time(std::string_view rest, std::string& out) {
    rest = rest.substr(0, kMaxTime);
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos) return;
    std::size_t start = colon;
    while (start > 0 && is_digit(rest[start - 1])) --start;
    const std::size_t digits = colon - start;
    if (digits == 0 || digits > 2 || start > kMaxBeforeTime) return;
    // "2024-05-17+02:00" is a day with an offset.
    if (start > 0 && (rest[start - 1] == '+' || rest[start - 1] == '-')) return;
    TimeOfDay time;
    time.hour = digits == 2 ? two_digits(rest, start) : rest[start] - '0';
    time.minute = two_digits(rest, colon + 1);
    std::string_view after = rest.substr(std::min(colon + 3, rest.size()));
    if (after.starts_with(':') && two_digits(after, 1) >= 0) {
        time.second = two_digits(after, 1);
        after.remove_prefix(3);
        const std::size_t decimals = digits_at(after, 1);
        if (decimals > 0 && (after[0] == '.' || after[0] == ',')) {
            time.fraction = after.substr(1, decimals);
            after.remove_prefix(1 + decimals);
        }
    }
    after = trim(after);
    apply_half_of_day(after, time);
    append_time(time, after, out);
}

/// "2024-05-17" and what follows it, "2024-05".
std::string from_iso_text(std::string_view text) {
    Date date{four_digits(text, 0), two_digits(text, 5), 0};
    if (text.size() < 7 || text[4] != '-') return {};
    if (text.size() > 7) date.day = text[7] == '-' ? two_digits(text, 8) : -1;
    const Date day{date.year, date.month, text.size() == 7 ? 1 : date.day};
    if (!is_valid(day) || digits_at(text, 10) > 0) return {};
    std::string out = to_iso(date);
    if (text.size() > 10) append_written_time(text.substr(10), out);
    return out;
}

std::string from_unix_time(std::string_view digits) {
    std::int64_t seconds = 0;
    for (const char c : digits.substr(0, 10)) seconds = seconds * 10 + (c - '0');
    const Date date = civil_from_days(seconds / 86400);
    if (!is_valid(date)) return {};
    std::string out = to_iso(date);
    const auto of_day = static_cast<int>(seconds % 86400);
    append_time({of_day / 3600, of_day / 60 % 60, of_day % 60, {}}, "Z", out);
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
    const std::size_t digits = digits_at(rest, 0);
    if (digits == 4 || digits == 6) {
        append_time({two_digits(rest, 0), two_digits(rest, 2), two_digits(rest, 4), {}},
                    rest.substr(digits), out);
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
    if (std::string iso = from_iso_text(text); !iso.empty()) return iso;
    const std::size_t digits = digits_at(text, 0);
    if (digits == text.size() && (digits == 10 || digits == 13)) return from_unix_time(text);
    if (digits == 8 || digits == 12 || digits == 14) {
        if (std::string out = from_compact(text); !out.empty()) return out;
    }
    if (!has_digit(text)) return {};
    WrittenDate found;
    if (!match_date(text, order, found)) return {};
    std::string out = to_iso(found.date);
    append_written_time(text.substr(found.end), out);
    return out;
}

}  // namespace riptide::core
