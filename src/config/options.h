/// The option table: every option of riptide, declared once. Environment, flags, `riptide config`,
/// `--help` and the man page are all read from it.
#pragma once

#include <riptide/config.h>
#include <riptide/error.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "config/service_config.h"

namespace riptide::config {

enum class OptionKind : std::uint8_t {
    kInteger,  ///< A whole number from `min` to `max`, in `unit`.
    kSwitch,   ///< true or false; also yes, no, on, off, 1, 0, in any case.
    kPath,     ///< A path; empty means the default.
    kChoice,   ///< One of `choices`.
    kAddress,  ///< An address to listen on (config/address.h); empty where the default is.
    kSecret,   ///< A token (config/admin_token.h), or empty; never shown.
};

/// Who reads an option, and so which commands have its flag.
enum class OptionScope : std::uint8_t { kEngine, kService };

/// What options are put into.
struct Targets {
    ExtractorConfig& engine;
    ServiceConfig& service;
};

/// A checked value; the alternative follows from the option's kind.
using OptionValue = std::variant<std::int64_t, bool, std::string>;

struct OptionSpec {
    std::string_view name;         ///< In a configuration file: `section.key`.
    std::string_view environment;  ///< RIPTIDE_...
    std::string_view flag;         ///< "--..." of the commands that read it; may be empty.
    std::string_view value_name;   ///< What stands for the value in help: "SECS", "FILE".
    OptionKind kind;
    std::string_view default_value;  ///< As it would be written.
    std::int64_t min;                ///< Of an integer.
    std::int64_t max;
    std::string_view unit;  ///< Of an integer: "s", "MiB", ...; empty for a mere count.
    std::string_view help;  ///< A sentence or two: what it does.
    /// Puts the value into the configuration; a limit only ever lowers the one that is there.
    void (*set)(const OptionValue& value, Targets config);
    OptionScope scope = OptionScope::kEngine;
    std::span<const std::string_view> choices;  ///< In the order of an enumeration.
};

/// All options, in the order in which they are shown.
std::span<const OptionSpec> options();

/// The option of that name; null when there is none.
const OptionSpec* find_option(std::string_view name);

/// What values an option takes, for humans: "a whole number from 1 to 3600 (s)".
std::string allowed_values(const OptionSpec& option);

/// A value as it may be shown: that of a secret is masked.
std::string shown_value(const OptionSpec& option, std::string_view value);

/// Reads a value. `shown_as` is how the user named the option ("RIPTIDE_...", "--timeout").
/// Error: `kConfig` naming option, value and what is allowed.
Result<OptionValue> parse_value(const OptionSpec& option, std::string_view shown_as,
                                std::string_view text);

}  // namespace riptide::config
