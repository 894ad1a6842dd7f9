#include "app/command_line.h"

#include <algorithm>
#include <map>

#include "config/nearest.h"
#include "config/printable.h"

#include <CLI/CLI.hpp>

namespace riptide::app {
namespace {

using config::printable_excerpt;

/// What CLI11 collects of one command.
struct Collected {
    CLI::App* app = nullptr;
    std::map<const Flag*, std::vector<std::string>> values;
    std::map<const Flag*, bool> switches;
};

std::string cli11_name(const Flag& flag) {
    return flag.short_name.empty() ? flag.name : flag.short_name + "," + flag.name;
}

/// All values are texts to CLI11 and are checked afterwards, and arguments are its "extras": so
/// that every sentence is ours, and a file named "[a]" is not taken for a list.
void declare(const std::vector<Flag>& flags, Collected& collected) {
    collected.app->set_help_flag();
    collected.app->allow_extras();
    for (const Flag& flag : flags) {
        if (flag.kind == ValueKind::kNone) {
            collected.app->add_flag(cli11_name(flag), collected.switches[&flag]);
        } else {
            collected.app->add_option(cli11_name(flag), collected.values[&flag])
                ->allow_extra_args(false)
                ->take_all();
        }
    }
}

std::string in_command(const Command* command) {
    return command == nullptr ? "" : command->name + ": ";
}

template <typename Named>
std::vector<std::string_view> names_of(const std::vector<Named>& table) {
    std::vector<std::string_view> names;
    for (const Named& row : table) names.push_back(row.name);
    return names;
}

template <typename Text>
std::string joined(const std::vector<Text>& choices) {
    std::string text;
    for (const Text& choice : choices) text.append(text.empty() ? "" : ", ").append(choice);
    return text;
}

/// "--flag=" has an empty value; CLI11 would take the next argument for it.
Result<void> refuse_empty_values(const std::vector<std::string>& arguments) {
    for (const std::string& argument : arguments) {
        if (argument == "--") break;
        if (argument.starts_with("--") && argument.find('=') == argument.size() - 1) {
            return fail(ErrorClass::kUsage,
                        printable_excerpt(argument) + " has no value; write one after the sign");
        }
    }
    return {};
}

Error unknown_command(const std::string& name) {
    const bool like_a_file = name.find_first_of("./") != std::string::npos || name == "-";
    if (like_a_file) {
        return {ErrorClass::kUsage, "\"" + printable_excerpt(name) +
                                        "\" is not a command; `riptide extract " +
                                        printable_excerpt(name) + "` extracts a file"};
    }
    return {ErrorClass::kUsage, "\"" + printable_excerpt(name) + "\" is not a command" +
                                    config::suggestion(name, names_of(commands()))};
}

Error unknown_flag(const std::string& given, const Command* command) {
    const std::string name = given.substr(0, given.find('='));
    const auto& flags = command == nullptr ? program_flags() : command->flags;
    std::string detail = in_command(command) + printable_excerpt(name) + " is not a flag";
    if (command == nullptr) {
        return {ErrorClass::kUsage,
                detail + " of riptide itself; the flags of a command follow its name"};
    }
    return {ErrorClass::kUsage, detail + config::suggestion(name, names_of(flags))};
}

/// CLI11 tells only of values that are missing; the first word of its text is the flag's name.
Error missing_value(const CLI::ParseError& error, const Command* command) {
    const std::string text = error.what();
    const std::string name = text.substr(0, text.find(':'));
    const Flag* flag = command == nullptr ? nullptr : find_flag(command->flags, name);
    if (flag == nullptr) return {ErrorClass::kUsage, in_command(command) + printable_excerpt(text)};
    std::string detail = command->name + ": " + flag->name + " needs a value";
    if (flag->kind == ValueKind::kChoice) detail += ": one of " + joined(flag->choices);
    return {ErrorClass::kUsage, detail};
}

Result<void> check_choice(const std::string& shown_as, const std::string& value,
                          const std::vector<std::string>& choices) {
    if (std::ranges::find(choices, value) != choices.end()) return {};
    const std::vector<std::string_view> known(choices.begin(), choices.end());
    return fail(ErrorClass::kUsage, shown_as + ": \"" + printable_excerpt(value) +
                                        "\" is not allowed; it takes one of " + joined(choices) +
                                        config::suggestion(value, known));
}

Result<void> check_arguments(const CommandLine& line) {
    const Arguments& allowed = line.command->arguments;
    const std::size_t count = line.arguments.size();
    const std::string& name = line.command->name;
    if (allowed.arity == Arity::kNone && count > 0) {
        return fail(ErrorClass::kUsage, name + ": \"" + printable_excerpt(line.arguments[0]) +
                                            "\" is one too many; this command takes only flags");
    }
    if (allowed.arity == Arity::kOne && count != 1) {
        return fail(ErrorClass::kUsage,
                    name + " takes one " + allowed.name + ": " + joined(allowed.choices));
    }
    if (allowed.arity == Arity::kAtMostOne && count > 1) {
        return fail(ErrorClass::kUsage, name + ": \"" + printable_excerpt(line.arguments[1]) +
                                            "\" is one too many; this command takes one " +
                                            allowed.name);
    }
    if (allowed.kind != ValueKind::kChoice) return {};
    return check_choice(name, line.arguments[0], allowed.choices);
}

Result<void> fill(const Collected& collected, CommandLine& line) {
    for (const Flag& flag : line.command->flags) {
        const auto is_on = collected.switches.find(&flag);
        if (is_on != collected.switches.end() && is_on->second) line.flags.push_back({&flag, ""});
        const auto values = collected.values.find(&flag);
        if (values == collected.values.end()) continue;
        for (const std::string& value : values->second) {
            if (value.empty() && flag.option == nullptr) {
                return fail(ErrorClass::kUsage,
                            line.command->name + ": the value of " + flag.name + " is empty");
            }
            if (flag.kind == ValueKind::kChoice) {
                auto checked =
                    check_choice(line.command->name + ": " + flag.name, value, flag.choices);
                if (!checked) return checked;
            }
            line.flags.push_back({&flag, value});
        }
    }
    return check_arguments(line);
}

/// Takes from CLI11's extras what looks like a flag as unknown, the rest as arguments.
Result<void> sort_extras(const std::vector<std::string>& extras, const Command* command,
                         std::vector<std::string>& arguments) {
    for (const std::string& extra : extras) {
        if (extra.size() > 1 && extra.front() == '-') {
            return tl::unexpected(unknown_flag(extra, command));
        }
        arguments.push_back(extra);
    }
    return {};
}

bool is_set(const Collected& collected, const std::vector<Flag>& flags, std::string_view name) {
    const auto found = collected.switches.find(find_flag(flags, name));
    return found != collected.switches.end() && found->second;
}

}  // namespace

std::optional<std::string> CommandLine::value(std::string_view flag_name) const {
    const std::vector<std::string> all = values(flag_name);
    return all.empty() ? std::nullopt : std::optional(all.back());
}

std::vector<std::string> CommandLine::values(std::string_view flag_name) const {
    std::vector<std::string> all;
    for (const GivenFlag& given : flags) {
        if (given.flag->name == flag_name) all.push_back(given.value);
    }
    return all;
}

bool CommandLine::has(std::string_view flag_name) const {
    return std::ranges::any_of(
        flags, [flag_name](const GivenFlag& given) { return given.flag->name == flag_name; });
}

std::vector<config::FlagValue> CommandLine::options() const {
    std::vector<config::FlagValue> given_options;
    for (const GivenFlag& given : flags) {
        if (given.flag->option != nullptr)
            given_options.push_back({given.flag->option, given.value});
    }
    return given_options;
}

Result<CommandLine> parse_command_line(const std::vector<std::string>& arguments) {
    if (auto checked = refuse_empty_values(arguments); !checked) {
        return tl::unexpected(std::move(checked.error()));
    }
    // What follows "--" is an argument whatever it looks like.
    const auto marker = std::ranges::find(arguments, "--");
    std::vector<std::string> literal(marker == arguments.end() ? marker : marker + 1,
                                     arguments.end());

    CLI::App app;
    app.require_subcommand(0, 1);
    Collected program{&app, {}, {}};
    declare(program_flags(), program);
    std::map<const Command*, Collected> collected;
    for (const Command& command : commands()) {
        // One that no argument names is not chosen, and declaring all takes longer than all else
        // here.
        if (std::ranges::find(arguments, command.name) == arguments.end()) continue;
        collected[&command].app = app.add_subcommand(command.name);
        declare(command.flags, collected[&command]);
    }
    CommandLine line;
    const auto chosen = [&]() -> const Command* {
        const auto used = app.get_subcommands();
        return used.empty() ? nullptr : find_command(used.front()->get_name());
    };
    try {
        std::vector<std::string> reversed(arguments.begin(), marker);
        std::ranges::reverse(reversed);
        app.parse(reversed);
    } catch (const CLI::ParseError& error) {
        return tl::unexpected(missing_value(error, chosen()));
    }

    line.command = chosen();
    if (is_set(program, program_flags(), "--version")) {
        line.wish = Wish::kVersion;
        return line;
    }
    // What stands before the command, or instead of one.
    std::vector<std::string> words;
    if (auto sorted = sort_extras(app.remaining(), nullptr, words); !sorted) {
        return tl::unexpected(std::move(sorted.error()));
    }
    if (!words.empty()) return tl::unexpected(unknown_command(words.front()));
    if (line.command == nullptr) {
        if (is_set(program, program_flags(), "--help")) {
            line.wish = Wish::kHelp;
            return line;
        }
        if (!literal.empty()) return tl::unexpected(unknown_command(literal.front()));
        return fail(ErrorClass::kUsage,
                    "no command was given; it is one of " + joined(names_of(commands())));
    }
    const Collected& own = collected[line.command];
    if (is_set(own, line.command->flags, "--help") || is_set(program, program_flags(), "--help")) {
        line.wish = Wish::kHelp;
        return line;
    }
    if (auto sorted = sort_extras(own.app->remaining(), line.command, line.arguments); !sorted) {
        return tl::unexpected(std::move(sorted.error()));
    }
    line.arguments.insert(line.arguments.end(), literal.begin(), literal.end());
    if (auto filled = fill(own, line); !filled) return tl::unexpected(std::move(filled.error()));
    return line;
}

tl::unexpected<Error> wrong_usage(const CommandLine& line, const std::string& detail) {
    return fail(ErrorClass::kUsage, line.command->name + ": " + detail);
}

}  // namespace riptide::app
