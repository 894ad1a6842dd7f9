#include "app/command_table.h"
#include "app/shell_scripts.h"

namespace riptide::app {
namespace {

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + "'";
}

std::string words(const std::vector<std::string>& choices) {
    std::string out;
    for (const std::string& choice : choices) out.append(out.empty() ? "" : " ").append(choice);
    return quoted(out);
}

std::string value(ValueKind kind, const std::vector<std::string>& choices) {
    switch (kind) {
        case ValueKind::kChoice:
            return " -x -a " + words(choices);
        case ValueKind::kFile:
            return " -r -F";
        case ValueKind::kDirectory:
            return " -x -a '(__fish_complete_directories)'";
        case ValueKind::kText:
            return " -x";
        case ValueKind::kNone:
            break;
    }
    return {};
}

std::string line(const std::string& condition, const Flag& flag) {
    std::string out = "complete -c riptide -n " + quoted(condition) + " -l " + flag.name.substr(2);
    if (!flag.short_name.empty()) out += " -s " + flag.short_name.substr(1);
    return out + value(flag.kind, flag.choices) + " -d " + quoted(flag.help) + "\n";
}

}  // namespace

std::string fish_completions() {
    std::string out =
        "# fish completions of riptide, made by `riptide completions fish`\n"
        "complete -c riptide -f\n";
    for (const Flag& flag : program_flags()) out += line("__fish_use_subcommand", flag);
    for (const Command& command : commands()) {
        out += "complete -c riptide -n '__fish_use_subcommand' -a " + command.name + " -d " +
               quoted(command.summary) + "\n";
    }
    for (const Command& command : commands()) {
        const std::string condition = "__fish_seen_subcommand_from " + command.name;
        for (const Flag& flag : command.flags) out += line(condition, flag);
        if (command.arguments.kind == ValueKind::kChoice) {
            out += "complete -c riptide -n " + quoted(condition) + " -a " +
                   words(command.arguments.choices) + "\n";
        } else if (command.arguments.kind == ValueKind::kFile) {
            out += "complete -c riptide -n " + quoted(condition) + " -F\n";
        }
    }
    return out;
}

}  // namespace riptide::app
