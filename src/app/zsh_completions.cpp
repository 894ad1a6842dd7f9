#include "app/command_table.h"
#include "app/shell_scripts.h"

namespace riptide::app {
namespace {

/// Within single quotes, in a specification of `_arguments` or `_describe`.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\'') {
            out += "'\\''";
            continue;
        }
        if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

std::string action(ValueKind kind, const std::vector<std::string>& choices) {
    switch (kind) {
        case ValueKind::kChoice: {
            std::string words;
            for (const std::string& choice : choices) {
                words.append(words.empty() ? "(" : " ").append(choice);
            }
            return words.append(")");
        }
        case ValueKind::kFile:
            return "_files";
        case ValueKind::kDirectory:
            return "_files -/";
        case ValueKind::kText:
        case ValueKind::kNone:
            break;
    }
    return " ";
}

std::string specification(const Flag& flag) {
    // "*": may be repeated, as every flag may.
    std::string out = "            '*'";
    if (flag.short_name.empty()) {
        out += flag.name;
    } else {
        out.append("{").append(flag.short_name).append(",").append(flag.name).append("}");
    }
    out.append("'[").append(escaped(flag.help)).append("]");
    if (flag.kind != ValueKind::kNone) {
        out.append(":").append(escaped(flag.value_name));
        out.append(":").append(action(flag.kind, flag.choices));
    }
    return out + "' \\\n";
}

std::string command_case(const Command& command) {
    std::string out = "        " + command.name + ")\n            _arguments -s \\\n";
    for (const Flag& flag : command.flags) out += specification(flag);
    if (command.arguments.arity != Arity::kNone) {
        out += command.arguments.arity == Arity::kAny ? "            '*:" : "            '1:";
        out += escaped(command.arguments.name) + ":" +
               action(command.arguments.kind, command.arguments.choices) + "' \\\n";
    }
    out.resize(out.size() - 3);  // the last line is not continued
    return out + " ;;\n";
}

}  // namespace

std::string zsh_completions() {
    std::string names;
    std::string cases;
    for (const Command& command : commands()) {
        names += "        '" + command.name + ":" + escaped(command.summary) + "'\n";
        cases += command_case(command);
    }
    std::string flags;
    for (const Flag& flag : program_flags()) {
        flags += "        '" + flag.name + ":" + escaped(flag.help) + "'\n";
    }
    return "#compdef riptide\n"
           "# zsh completions of riptide, made by `riptide completions zsh`\n"
           "_riptide() {\n"
           "    local -a commands=(\n" +
           names +
           "    )\n"
           "    local -a flags=(\n" +
           flags +
           "    )\n"
           "    if (( CURRENT == 2 )); then\n"
           "        _describe command commands -- flags\n"
           "        return\n"
           "    fi\n"
           "    shift words\n"
           "    (( CURRENT-- ))\n"
           "    case \"${words[1]}\" in\n" +
           cases +
           "    esac\n"
           "}\n"
           "if [[ \"${funcstack[1]}\" == _riptide ]]; then\n"
           "    _riptide \"$@\"\n"
           "else\n"
           "    compdef _riptide riptide\n"
           "fi\n";
}

}  // namespace riptide::app
