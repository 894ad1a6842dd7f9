#include "io/web_address.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/utf8.h"

namespace riptide::io {

bool is_web_address(std::string_view url) {
    const std::string_view scheme = url.substr(0, url.find(':'));
    if (!ascii_iequals(scheme, "http") && !ascii_iequals(scheme, "https")) return false;
    const std::string_view rest = url.substr(scheme.size());
    if (!rest.starts_with("://") || rest.size() == 3 || rest[3] == '/') return false;
    const auto forbidden = [](char c) { return (c >= 0 && c <= ' ') || c == '\x7F'; };
    return first_invalid_utf8(url) == url.size() && std::ranges::none_of(url, forbidden);
}

}  // namespace riptide::io
