/// The forms in which people write a day.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/calendar.h"

namespace riptide::core {

/// How "03/04/2021" is read; where one of the numbers exceeds 12, the date tells itself.
enum class DateOrder : std::uint8_t { kDayFirst, kMonthFirst };

struct WrittenDate {
    Date date;
    std::size_t begin = 0;
    std::size_t end = 0;  ///< `text[begin, end)` is the date as written.
};

/// Finds the first complete date (year, month and day) in a text of at most 80 words, numbers and
/// marks. False, and `found` untouched, where there is none.
bool match_date(std::string_view text, DateOrder order, WrittenDate& found);

}  // namespace riptide::core
