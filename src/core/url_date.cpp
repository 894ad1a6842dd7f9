#include "core/url_date.h"

#include <algorithm>

#include "base/ascii.h"
#include "core/calendar.h"
#include "core/month_names.h"

namespace riptide::core {
namespace {

constexpr std::size_t kMaxPath = 300;

std::string_view path_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    const std::size_t path = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
    if (path == std::string_view::npos) return {};
    url = url.substr(path);
    return url.substr(0, std::min(url.find_first_of("?#"), kMaxPath));
}

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    return end - at;
}

int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

/// Reads the number of at most two digits at `at` and steps over it; 0 for none.
int read_small(std::string_view path, std::size_t& at) {
    const std::size_t size = digits_at(path, at);
    if (size == 0 || size > 2) return 0;
    at += size;
    return number(path.substr(at - size, size));
}

/// Reads a month, a number or in folders also a name, and steps over it; 0 for none.
int read_month(std::string_view path, std::size_t& at, char separator) {
    if (separator != '/' || digits_at(path, at) > 0) return read_small(path, at);
    const std::size_t end = std::min(path.find('/', at), path.size());
    const int month = month_of_word(path.substr(at, end - at));
    at = end;
    return month <= 12 ? month : 0;
}

}  // namespace

UrlDate date_in_path(std::string_view url) {
    const std::string_view path = path_of(url);
    UrlDate month_only;
    for (std::size_t at = 1; at < path.size(); ++at) {
        const std::size_t size = digits_at(path, at);
        if (size == 0) continue;
        const std::size_t start = at;
        at += size;
        const int year = size >= 4 ? number(path.substr(start, 4)) : 0;
        if (year < 1990) continue;
        if (size == 8) {
            const Date day{year, number(path.substr(start + 4, 2)),
                           number(path.substr(start + 6, 2))};
            if (is_valid(day)) return {to_iso(day), false};
        }
        const char separator = at < path.size() ? path[at] : '\0';
        if (size != 4 || (separator != '/' && separator != '-' && separator != '_')) continue;
        std::size_t next = at + 1;
        Date date{year, read_month(path, next, separator), 0};
        if (next >= path.size() || path[next] != separator) continue;
        const bool folder = separator == '/' && path[start - 1] == '/';
        if (folder && month_only.iso.empty() && is_valid({year, date.month, 1})) {
            month_only.iso = to_iso(date);
        }
        ++next;
        date.day = read_small(path, next);
        if (is_valid(date)) return {to_iso(date), folder};
    }
    return month_only;
}

}  // namespace riptide::core
