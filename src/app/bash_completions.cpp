#include "app/command_table.h"
#include "app/shell_scripts.h"

namespace riptide::app {
namespace {

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
    std::string out;
    for (const std::string& word : words) out.append(out.empty() ? "" : separator).append(word);
    return out;
}

std::string flag_names(const std::vector<Flag>& flags) {
    std::vector<std::string> names;
    for (const Flag& flag : flags) {
        names.push_back(flag.name);
        if (!flag.short_name.empty()) names.push_back(flag.short_name);
    }
    return joined(names, " ");
}

/// What completes a value; files are left to readline, which knows how to quote them.
std::string value_action(ValueKind kind, const std::vector<std::string>& choices) {
    switch (kind) {
        case ValueKind::kChoice:
            return "COMPREPLY=($(compgen -W '" + joined(choices, " ") + "' -- \"$current\"))";
        case ValueKind::kDirectory:
            return "compopt -o dirnames";
        case ValueKind::kFile:
            return ":";
        case ValueKind::kText:
        case ValueKind::kNone:
            break;
    }
    return "compopt +o default";
}

std::string value_cases(const Command& command) {
    std::string out;
    for (const Flag& flag : command.flags) {
        if (flag.kind == ValueKind::kNone) continue;
        out += "        " + command.name + ":" + flag.name;
        if (!flag.short_name.empty()) out += "|" + command.name + ":" + flag.short_name;
        out += ") " + value_action(flag.kind, flag.choices) + "; return ;;\n";
    }
    return out;
}

std::string word_case(const Command& command) {
    return "        " + command.name + ")\n            if [[ $current == -* ]]; then\n" +
           "                COMPREPLY=($(compgen -W '" + flag_names(command.flags) +
           "' -- \"$current\"))\n            else\n                " +
           value_action(command.arguments.kind, command.arguments.choices) +
           "\n            fi ;;\n";
}

}  // namespace

std::string bash_completions() {
    std::vector<std::string> names;
    std::string values;
    std::string words;
    for (const Command& command : commands()) {
        names.push_back(command.name);
        values += value_cases(command);
        words += word_case(command);
    }
    return "# bash completions of riptide, made by `riptide completions bash`\n"
           "_riptide() {\n"
           "    local current=\"${COMP_WORDS[COMP_CWORD]}\"\n"
           "    local previous=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
           "    local command=\"\" word\n"
           "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
           "        case \"$word\" in\n"
           "            " +
           joined(names, "|") +
           ") command=\"$word\"; break ;;\n"
           "        esac\n"
           "    done\n"
           "    COMPREPLY=()\n"
           "    case \"$command:$previous\" in\n" +
           values +
           "    esac\n"
           "    case \"$command\" in\n"
           "        '') COMPREPLY=($(compgen -W '" +
           joined(names, " ") + " " + flag_names(program_flags()) + "' -- \"$current\")) ;;\n" +
           words +
           "    esac\n"
           "}\n"
           "complete -o bashdefault -o default -F _riptide riptide\n";
}

}  // namespace riptide::app
