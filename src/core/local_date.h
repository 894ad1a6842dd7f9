/// One moment, told in universal and in local time.
#pragma once

#include <string>
#include <string_view>

namespace riptide::core {

/// `date` as the page's own clock shows it. Programs write moments in UTC, where the day often is
/// another than the one that readers saw; `shown` is another date of the page. Both as
/// `normalize_date` returns them.
///
/// Empty, unless `date` is a time in UTC and `shown` tells the local one: the same moment with an
/// offset, or without one a time that is whole half hours away. Zones reach from UTC-12 to UTC+14.
std::string local_date(std::string_view date, std::string_view shown);

/// A time in UTC, by its own word; `date` as `normalize_date` returns it.
bool is_utc(std::string_view date);

}  // namespace riptide::core
