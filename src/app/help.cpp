#include "app/help.h"

#include "app/exit_codes.h"
#include "app/wrap.h"

namespace riptide::app {
namespace {

constexpr std::size_t kFlagColumn = 28;

/// "  NAME      what it is", the second column at `width`.
void append_row(const std::string& name, const std::string& what, std::size_t width,
                std::string& out) {
    std::string left = "  " + name;
    if (left.size() + 2 > width) {
        left.append("\n").append(width, ' ');
    } else {
        left.resize(width, ' ');
    }
    out += left;
    append_wrapped(what, width, width, out);
}

void append_flags(const std::vector<Flag>& flags, std::string& out) {
    out += "\nFlags:\n";
    for (const Flag& flag : flags) {
        std::string name = flag.short_name.empty() ? "    " : flag.short_name + ", ";
        name += flag.name;
        if (!flag.value_name.empty()) name += " " + flag.value_name;
        append_row(name, flag.help, kFlagColumn, out);
    }
}

void append_examples(const std::vector<Example>& examples, std::string& out) {
    out += "\nExamples:\n";
    for (const Example& example : examples) {
        out.append("  ").append(example.command).append("\n      ").append(example.what);
        out += '\n';
    }
}

void append_exit_codes(std::string& out) {
    out += "\nExit codes:\n";
    for (const ExitCodeMeaning& row : kExitCodes) {
        append_row(std::to_string(static_cast<int>(row.code)), std::string(row.meaning), 7, out);
    }
}

}  // namespace

std::string program_help() {
    std::string out =
        "riptide turns untrusted HTML into clean articles, inside a WebAssembly "
        "sandbox.\n\nUsage: riptide COMMAND [FLAGS] [ARGUMENTS]\n\nCommands:\n";
    for (const Command& command : commands()) append_row(command.name, command.summary, 15, out);
    append_flags(program_flags(), out);
    const std::vector<Example>& examples = commands().front().examples;
    append_examples({examples.begin(), examples.begin() + 2}, out);
    append_exit_codes(out);
    out += '\n';
    append_wrapped(
        "`riptide COMMAND --help` tells more of a command, `riptide config` shows the "
        "options, `riptide doctor` what works on this machine.",
        0, 0, out);
    return out;
}

std::string command_help(const Command& command) {
    std::string out = "riptide " + command.name + " " + command.summary +
                      ".\n\nUsage: " + synopsis(command) + "\n";
    for (const std::string& paragraph : command.description) {
        out += '\n';
        append_wrapped(paragraph, 0, 0, out);
    }
    if (command.arguments.kind == ValueKind::kChoice) {
        out.append("\n").append(command.arguments.name).append(" is one of:");
        for (const std::string& choice : command.arguments.choices) out.append(" ").append(choice);
        out += '\n';
    }
    append_flags(command.flags, out);
    append_examples(command.examples, out);
    append_exit_codes(out);
    return out;
}

}  // namespace riptide::app
