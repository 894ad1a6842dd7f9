/// The command line, parsed and checked against the command table.
#pragma once

#include <riptide/error.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/command_table.h"
#include "config/settings.h"

namespace riptide::app {

enum class Wish : std::uint8_t { kRun, kHelp, kVersion };

struct GivenFlag {
    const Flag* flag;
    std::string value;
};

struct CommandLine {
    Wish wish = Wish::kRun;
    const Command* command = nullptr;  ///< Null for the program's own help and version.
    std::vector<GivenFlag> flags;      ///< In the order of the table; a switch has no value.
    std::vector<std::string> arguments;

    /// The value of a flag, the last one when it was given more than once.
    [[nodiscard]] std::optional<std::string> value(std::string_view flag_name) const;
    [[nodiscard]] std::vector<std::string> values(std::string_view flag_name) const;
    /// Whether a switch was given.
    [[nodiscard]] bool has(std::string_view flag_name) const;
    /// The options of the option table that were given as flags.
    [[nodiscard]] std::vector<config::FlagValue> options() const;
};

/// `arguments` is without the program's name. Error: `kUsage` with a sentence that says what would
/// be right.
Result<CommandLine> parse_command_line(const std::vector<std::string>& arguments);

/// What is wrong with the flags or arguments of the line's command; `line.command` is not null.
tl::unexpected<Error> wrong_usage(const CommandLine& line, const std::string& detail);

}  // namespace riptide::app
