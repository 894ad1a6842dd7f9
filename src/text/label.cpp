#include "text/label.h"

#include <lexbor/encoding/encoding.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace riptide::text {
namespace {

constexpr std::string_view kWhitespace = "\t\n\f\r ";
constexpr std::size_t kLongestLabel = 32;

// Labels that the standard gained after lexbor's table was made.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kNewerLabels = {{
    {"csunicode", "utf-16le"},
    {"iso-10646-ucs-2", "utf-16le"},
    {"ucs-2", "utf-16le"},
    {"unicode", "utf-16le"},
    {"unicode11utf8", "utf-8"},
    {"unicode20utf8", "utf-8"},
    {"unicodefeff", "utf-16le"},
    {"unicodefffe", "utf-16be"},
    {"x-unicode20utf8", "utf-8"},
}};

const lexbor_shs_entry_t* find_entry(std::string_view label) {
    return lexbor_shs_entry_get_lower_static(lxb_encoding_res_shs_entities,
                                             reinterpret_cast<const lxb_char_t*>(label.data()),
                                             label.size());
}

}  // namespace

std::string_view trim_ascii(std::string_view label) {
    const std::size_t first = label.find_first_not_of(kWhitespace);
    if (first == std::string_view::npos) return {};
    return label.substr(first, label.find_last_not_of(kWhitespace) - first + 1);
}

std::string_view encoding_name(std::string_view label) {
    label = trim_ascii(label);
    if (label.empty() || label.size() > kLongestLabel) return {};
    if (const lexbor_shs_entry_t* entry = find_entry(label)) {
        const auto* data = static_cast<const lxb_encoding_data_t*>(entry->value);
        // A name is also a label, and the table holds labels in lower case.
        const lexbor_shs_entry_t* canonical = find_entry(reinterpret_cast<const char*>(data->name));
        return {reinterpret_cast<const char*>(canonical->key), canonical->key_len};
    }
    std::string lower(label);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (const auto& [newer, name] : kNewerLabels) {
        if (lower == newer) return name;
    }
    return {};
}

bool is_utf16(std::string_view name) { return name == "utf-16le" || name == "utf-16be"; }

}  // namespace riptide::text
