/// Days of the Gregorian and the Solar Hijri calendar, and how ISO 8601 writes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace riptide::core {

struct Date {
    int year = 0;
    int month = 0;  ///< 1 to 12.
    int day = 0;    ///< 1 to 31; 0 where only the month is known.
};

/// A day of the Gregorian calendar from 1900 to 2100.
bool is_valid(const Date& date);

/// Days since 1970-01-01, and back (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
std::int64_t days_from_civil(const Date& date);
Date civil_from_days(std::int64_t days);

/// The Gregorian day of a day of Iran's calendar, by its 33-year cycle: exact for the years 1244 to
/// 1472.
Date from_solar_hijri(const Date& date);

/// Appends a number that is not negative, with zeros in front up to `width` digits.
void append_padded(int value, std::size_t width, std::string& out);

/// The day that an ISO 8601 text begins with; of the year 0 where it does not.
Date from_iso(std::string_view text);

/// "2024-05-17"; "2024-05" where `day` is 0.
std::string to_iso(const Date& date);

}  // namespace riptide::core
