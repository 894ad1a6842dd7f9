#include "http/negotiation.h"

#include <algorithm>

#include "http/characters.h"

namespace riptide::http {
namespace {

constexpr int kMost = 1000;
constexpr int kUnknown = -1;

/// RFC 9110, 12.4.2, in thousandths; `kUnknown` where it is malformed.
int parse_weight(std::string_view text) {
    if (text.empty() || text.size() > 5 || text[0] < '0' || text[0] > '1') return kUnknown;
    if (text.size() > 1 && text[1] != '.') return kUnknown;
    int weight = (text[0] - '0') * kMost;
    int unit = 100;
    for (const char c : text.substr(std::min<std::size_t>(text.size(), 2))) {
        if (!is_digit(c)) return kUnknown;
        weight += (c - '0') * unit;
        unit /= 10;
    }
    return weight <= kMost ? weight : kUnknown;
}

struct Weighted {
    std::string_view name;
    int weight = kMost;
};

/// Splits "name;parameter;q=0.5"; parameters other than q do not matter here.
Weighted parse_member(std::string_view member) {
    Weighted out{trim(cut(member, ';'))};
    while (!member.empty()) {
        const std::string_view parameter = trim(cut(member, ';'));
        if (parameter.size() < 2 || to_lower(parameter[0]) != 'q' || parameter[1] != '=') continue;
        out.weight = parse_weight(parameter.substr(2));
    }
    return out;
}

/// How exactly `range` names `type`: 3 exactly, 2 by "type/*", 1 by "*/*", 0 not at all.
int closeness(std::string_view range, std::string_view type) {
    if (ascii_iequals(range, type)) return 3;
    if (range == "*/*" || range == "*") return 1;
    const std::size_t slash = type.find('/');
    const bool is_family =
        range.ends_with("/*") && slash != std::string_view::npos &&
        ascii_iequals(range.substr(0, range.size() - 1), type.substr(0, slash + 1));
    return is_family ? 2 : 0;
}

/// The weight of the member that names `type` most exactly; `kUnknown` when none does.
int weight_of(std::string_view type, std::string_view accept) {
    int best_closeness = 0;
    int weight = kUnknown;
    for_each_member(accept, [&](std::string_view text) {
        const Weighted member = parse_member(text);
        const int close = closeness(member.name, type);
        if (member.weight == kUnknown || close <= best_closeness) return;
        best_closeness = close;
        weight = member.weight;
    });
    return weight;
}

}  // namespace

std::optional<std::size_t> choose_media_type(std::string_view accept,
                                             std::span<const std::string_view> offers) {
    if (trim(accept).empty()) return 0;
    std::optional<std::size_t> best;
    int best_weight = 0;
    for (std::size_t i = 0; i < offers.size(); ++i) {
        const int weight = weight_of(offers[i], accept);
        if (weight <= best_weight) continue;
        best = i;
        best_weight = weight;
    }
    return best;
}

bool accepts_gzip(std::string_view accept_encoding) {
    const int gzip = weight_of("gzip", accept_encoding);
    return gzip > 0 && gzip >= weight_of("identity", accept_encoding);
}

}  // namespace riptide::http
