/// The command table: what the command line can do, declared once. The parser, `--help`, the man
/// page and the shell completions are all made from it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/options.h"

namespace riptide::app {

enum class ValueKind : std::uint8_t { kNone, kText, kChoice, kFile, kDirectory };

struct Flag {
    std::string name;        ///< "--format"
    std::string short_name;  ///< "-f", or empty.
    std::string value_name;  ///< "FORMAT"; empty for a switch.
    ValueKind kind = ValueKind::kNone;
    std::vector<std::string> choices;  ///< Of `kChoice`.
    std::string help;
    const config::OptionSpec* option = nullptr;  ///< The option that it sets, if any.
};

enum class Arity : std::uint8_t { kNone, kOne, kAtMostOne, kAny };

/// What follows the flags.
struct Arguments {
    Arity arity = Arity::kNone;
    std::string name;  ///< "FILE"
    ValueKind kind = ValueKind::kNone;
    std::vector<std::string> choices;
};

struct Example {
    std::string command;
    std::string what;
};

/// Whether the command reads the options: their flags and environment variables.
enum class Options : std::uint8_t { kIgnored, kRead };

struct Command {
    std::string name;
    std::string summary;
    std::vector<std::string> description;  ///< Paragraphs.
    Arguments arguments;
    Options options = Options::kIgnored;
    std::vector<Flag> flags;  ///< All of them, `--help` included.
    std::vector<Example> examples;
};

/// In the order in which help shows them. Built at the first call; thread-safe.
const std::vector<Command>& commands();

/// Flags of the program itself, before any command.
const std::vector<Flag>& program_flags();

/// Null when there is none of that name.
const Command* find_command(std::string_view name);
/// By long or short name; null when there is none.
const Flag* find_flag(const std::vector<Flag>& flags, std::string_view name);

/// "riptide extract [FLAGS] [FILE|-]..."
std::string synopsis(const Command& command);

}  // namespace riptide::app
