/// Dates as pages write them, for people and for machines, as ISO 8601.
///
/// Nothing here knows today's date: what a text does not tell ("yesterday", a day without a year)
/// is no date. Years from 1900 to 2100 only.
#pragma once

#include <string>
#include <string_view>

#include "core/date_matcher.h"

namespace riptide::core {

/// The order that readers of a BCP 47 language expect: month first for "en" and "en-US".
DateOrder date_order(std::string_view language);

/// A date meant for machines (an attribute, a JSON-LD string), as precise as it is told:
/// "2024-05", "2024-05-17", or "2024-05-17T10:00:05.123+02:00" with or without seconds, their
/// fraction and the offset, which is "Z" where the text says so. Reads ISO 8601, also with what
/// programs leave out of it or put in; RFC 2822 and other dates with a time of day; Unix time (10
/// or 13 digits); else as `find_date`. Of a time that no clock shows, or with an offset that is
/// none, the day remains. Empty where there is no date.
std::string normalize_date(std::string_view text, DateOrder order);

/// The first date in a short text for people, as "2024-05-17". Month names of some thirty
/// languages, digits of many scripts, the Buddhist and the Solar Hijri calendar where the language
/// of the month or the year's number tells them. Looks at the first 300 bytes only.
std::string find_date(std::string_view text, DateOrder order);

}  // namespace riptide::core
