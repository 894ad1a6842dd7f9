#include "core/calendar.h"

#include <array>

namespace riptide::core {
namespace {

int days_in_month(int year, int month) {
    constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

}  // namespace

bool is_valid(const Date& date) {
    return date.year >= 1900 && date.year <= 2100 && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 && date.day <= days_in_month(date.year, date.month);
}

std::int64_t days_from_civil(const Date& date) {
    const int year = date.month <= 2 ? date.year - 1 : date.year;
    const int era = year / 400;
    const int of_era = year - era * 400;
    const int of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    return static_cast<std::int64_t>(era) * 146097 + std::int64_t{of_era} * 365 + of_era / 4 -
           of_era / 100 + of_year - 719468;
}

Date civil_from_days(std::int64_t days) {
    days += 719468;
    const std::int64_t era = days / 146097;
    const std::int64_t of_era = days - era * 146097;
    const std::int64_t year_of_era =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month = (5 * of_year + 2) / 153;
    Date date;
    date.day = static_cast<int>(of_year - (153 * month + 2) / 5 + 1);
    date.month = static_cast<int>(month < 10 ? month + 3 : month - 9);
    date.year = static_cast<int>(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
    return date;
}

Date from_solar_hijri(const Date& date) {
    const auto leaps_before = [](int year) { return (year * 8 + 21) / 33; };
    // 1 Farvardin 1399 was 2020-03-20.
    const std::int64_t year_start = days_from_civil({2020, 3, 20}) +
                                    std::int64_t{date.year - 1399} * 365 + leaps_before(date.year) -
                                    leaps_before(1399);
    const int of_year = date.month <= 7 ? (date.month - 1) * 31 : 186 + (date.month - 7) * 30;
    return civil_from_days(year_start + of_year + date.day - 1);
}

void append_padded(int value, std::size_t width, std::string& out) {
    const std::string digits = std::to_string(value);
    if (digits.size() < width) out.append(width - digits.size(), '0');
    out += digits;
}

Date from_iso(std::string_view text) {
    if (text.size() < 10 || text[4] != '-' || text[7] != '-') return {};
    const auto number = [text](std::size_t at, std::size_t digits) {
        int value = 0;
        for (const char c : text.substr(at, digits)) {
            if (c < '0' || c > '9') return 0;
            value = value * 10 + (c - '0');
        }
        return value;
    };
    const Date date{number(0, 4), number(5, 2), number(8, 2)};
    return is_valid(date) ? date : Date{};
}

std::string to_iso(const Date& date) {
    std::string out;
    append_padded(date.year, 4, out);
    out += '-';
    append_padded(date.month, 2, out);
    if (date.day > 0) {
        out += '-';
        append_padded(date.day, 2, out);
    }
    return out;
}

}  // namespace riptide::core
