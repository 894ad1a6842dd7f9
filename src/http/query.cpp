#include "http/query.h"

#include <algorithm>

#include "base/utf8.h"
#include "http/characters.h"

namespace riptide::http {
namespace {

Checked<std::string> decode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const int high = text.size() - i > 2 ? hex_value(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
        if (low < 0) return refuse(400, "the query has a % that is not followed by two hex digits");
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    if (first_invalid_utf8(out) != out.size()) return refuse(400, "the query is not UTF-8");
    return out;
}

}  // namespace

Checked<Parameters> parse_query(std::string_view query) {
    Parameters out;
    while (!query.empty()) {
        std::string_view pair = cut(query, '&');
        if (pair.empty()) continue;
        Checked<std::string> name = decode(cut(pair, '='));
        if (!name) return tl::unexpected(std::move(name.error()));
        Checked<std::string> value = decode(pair);
        if (!value) return tl::unexpected(std::move(value.error()));
        out.emplace_back(std::move(*name), std::move(*value));
    }
    return out;
}

std::string media_type(std::string_view content_type) {
    const std::string_view type = trim(content_type.substr(0, content_type.find(';')));
    const std::size_t slash = type.find('/');
    if (slash == std::string_view::npos || !is_token(type.substr(0, slash)) ||
        !is_token(type.substr(slash + 1))) {
        return {};
    }
    std::string out(type);
    std::ranges::transform(out, out.begin(), to_lower);
    return out;
}

}  // namespace riptide::http
