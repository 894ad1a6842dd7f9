#include "core/local_date.h"

#include <cstdint>
#include <cstdlib>

#include "base/ascii.h"
#include "core/calendar.h"

namespace riptide::core {
namespace {

constexpr int kMinutesOfDay = 1440;
/// Zones reach from UTC-12 to UTC+14.
constexpr int kFarthestWest = -12 * 60;
constexpr int kFarthestEast = 14 * 60;

struct Moment {
    std::int64_t minute = 0;  // since 1970, by the clock that tells it
    int offset = 0;           // of that clock, in minutes
    bool has_time = false;
    bool has_zone = false;
};

int number_at(std::string_view text, std::size_t at, std::size_t digits) {
    int value = 0;
    for (std::size_t i = at; i < at + digits; ++i) {
        if (i >= text.size() || !is_digit(text[i])) return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

void read_zone(std::string_view zone, Moment& moment) {
    if (zone.empty()) return;
    moment.has_zone = true;
    if (zone == "Z") return;
    moment.offset =
        (number_at(zone, 1, 2) * 60 + number_at(zone, 4, 2)) * (zone[0] == '-' ? -1 : 1);
}

Moment read_moment(std::string_view iso) {
    Moment moment;
    const Date day = from_iso(iso);
    if (day.year == 0) return moment;
    moment.minute = days_from_civil(day) * kMinutesOfDay;
    const int hour = number_at(iso, 11, 2);
    const int minute = number_at(iso, 14, 2);
    if (hour < 0 || minute < 0) return moment;
    moment.has_time = true;
    moment.minute += hour * 60 + minute;
    std::size_t at = 16;
    while (at < iso.size() && (is_digit(iso[at]) || iso[at] == ':' || iso[at] == '.')) ++at;
    read_zone(iso.substr(at), moment);
    return moment;
}

std::string offset_text(std::int64_t minutes) {
    std::string out(1, minutes < 0 ? '-' : '+');
    const int size = static_cast<int>(std::abs(minutes));
    append_padded(size / 60, 2, out);
    out += ':';
    append_padded(size % 60, 2, out);
    return out;
}

bool is_utc(const Moment& moment) {
    return moment.has_time && moment.has_zone && moment.offset == 0;
}

}  // namespace

bool is_utc(std::string_view date) { return is_utc(read_moment(date)); }

std::string local_date(std::string_view date, std::string_view shown) {
    const Moment utc = read_moment(date);
    const Moment local = read_moment(shown);
    if (!is_utc(utc) || !local.has_time) return {};
    if (local.has_zone) {
        const bool same = local.offset != 0 && local.minute - local.offset == utc.minute;
        return same ? std::string(shown) : std::string();
    }
    const std::int64_t offset = local.minute - utc.minute;
    if (offset == 0 || offset % 30 != 0 || offset < kFarthestWest || offset > kFarthestEast) {
        return {};
    }
    return std::string(shown) + offset_text(offset);
}

}  // namespace riptide::core
