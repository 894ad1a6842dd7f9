#include "config/options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "config/address.h"
#include "config/admin_token.h"
#include "config/engine_options.h"
#include "config/printable.h"
#include "config/service_options.h"

namespace riptide::config {
namespace {

/// The service's options come between those of the engine and the last one, which names a file.
constexpr auto kOptions = [] {
    constexpr std::size_t kEngine = kEngineOptions.size();
    std::array<OptionSpec, kEngine + kServiceOptions.size()> all{};
    std::ranges::copy(kEngineOptions, all.begin());
    std::ranges::copy(kServiceOptions, all.begin() + kEngine);
    return all;
}();

std::optional<bool> read_switch(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    constexpr std::array<std::string_view, 4> kYes = {"true", "yes", "on", "1"};
    constexpr std::array<std::string_view, 4> kNo = {"false", "no", "off", "0"};
    if (std::ranges::find(kYes, lower) != kYes.end()) return true;
    if (std::ranges::find(kNo, lower) != kNo.end()) return false;
    return std::nullopt;
}

std::optional<std::int64_t> read_integer(const OptionSpec& option, std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (!whole || number < option.min || number > option.max) return std::nullopt;
    return number;
}

}  // namespace

std::span<const OptionSpec> options() { return kOptions; }

const OptionSpec* find_option(std::string_view name) {
    const auto* found = std::ranges::find(kOptions, name, &OptionSpec::name);
    return found == kOptions.end() ? nullptr : found;
}

std::string allowed_values(const OptionSpec& option) {
    switch (option.kind) {
        case OptionKind::kInteger: {
            std::string range = "a whole number from " + std::to_string(option.min) + " to " +
                                std::to_string(option.max);
            if (!option.unit.empty()) range.append(" (").append(option.unit).append(")");
            return range;
        }
        case OptionKind::kSwitch:
            return "true or false";
        case OptionKind::kPath:
            return "a path";
        case OptionKind::kChoice: {
            std::string list;
            for (const std::string_view choice : option.choices) {
                list.append(list.empty() ? "" : ", ").append(choice);
            }
            return "one of " + list;
        }
        case OptionKind::kAddress:
            return std::string("an IP address and a port, HOST:PORT or [HOST]:PORT") +
                   (option.default_value.empty() ? ", or nothing" : "");
        case OptionKind::kSecret:
            return std::to_string(kShortestToken) + " to " + std::to_string(kLongestToken) +
                   " visible ASCII characters, or nothing";
    }
    return {};
}

std::string shown_value(const OptionSpec& option, std::string_view value) {
    if (option.kind == OptionKind::kSecret && !value.empty()) return "********";
    return std::string(value);
}

Result<OptionValue> parse_value(const OptionSpec& option, std::string_view shown_as,
                                std::string_view text) {
    switch (option.kind) {
        case OptionKind::kInteger:
            if (const auto number = read_integer(option, text)) return OptionValue(*number);
            break;
        case OptionKind::kSwitch:
            if (const auto value = read_switch(text)) return OptionValue(*value);
            break;
        case OptionKind::kPath:
            if (text.find('\0') == std::string_view::npos) return OptionValue(std::string(text));
            break;
        case OptionKind::kChoice:
            if (std::ranges::find(option.choices, text) != option.choices.end()) {
                return OptionValue(std::string(text));
            }
            break;
        case OptionKind::kAddress:
            if (parse_address(text) || (text.empty() && option.default_value.empty())) {
                return OptionValue(std::string(text));
            }
            break;
        case OptionKind::kSecret:
            if (text.empty() || is_admin_token(text)) return OptionValue(std::string(text));
            break;
    }
    return fail(ErrorClass::kConfig, std::string(shown_as) + ": \"" +
                                         printable_excerpt(shown_value(option, text)) +
                                         "\" is not allowed; it takes " + allowed_values(option));
}

}  // namespace riptide::config
