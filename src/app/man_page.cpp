#include "app/man_page.h"

#include "app/command_table.h"
#include "app/exit_codes.h"
#include "app/version.h"

namespace riptide::app {
namespace {

/// Text that roff shows as it is: no request at a line's start, and a hyphen that can be copied.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '\\':
                out += "\\e";
                break;
            case '-':
                out += "\\-";
                break;
            case '\'':
                out += "\\(aq";
                break;
            case '`':
                out += "\\(ga";
                break;
            case '~':
                out += "\\(ti";
                break;
            case '^':
                out += "\\(ha";
                break;
            default:
                out += c;
        }
    }
    if (out.starts_with('.')) out.insert(0, "\\&");
    return out;
}

/// Within a macro's quoted argument.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : escaped(text)) {
        if (c == '"') {
            out += "\\(dq";
        } else {
            out += c;
        }
    }
    return out + "\"";
}

void section(std::string_view name, std::string& out) {
    out.append(".SH ").append(quoted(name)).append("\n");
}

void paragraph(std::string_view text, std::string& out) {
    out.append(".PP\n").append(escaped(text)).append("\n");
}

void term(std::string_view name, std::string_view text, std::string& out) {
    out.append(".TP\n.B ").append(quoted(name)).append("\n").append(escaped(text)).append("\n");
}

void flags(const std::vector<Flag>& table, std::string& out) {
    for (const Flag& flag : table) {
        std::string name = flag.short_name.empty() ? "" : flag.short_name + ", ";
        name += flag.name;
        if (!flag.value_name.empty()) name += " " + flag.value_name;
        term(name, flag.help, out);
    }
}

void command(const Command& command, std::string& out) {
    out.append(".SS ").append(quoted(synopsis(command))).append("\n");
    for (const std::string& text : command.description) paragraph(text, out);
    flags(command.flags, out);
}

void environment(std::string& out) {
    section("ENVIRONMENT", out);
    paragraph(
        "A flag wins over the environment. An unknown variable that begins with RIPTIDE_ is "
        "told and ignored.",
        out);
    for (const config::OptionSpec& option : config::options()) {
        std::string text = std::string(option.help) + " Takes " + config::allowed_values(option);
        if (!option.default_value.empty()) {
            text.append("; default ").append(option.default_value);
        }
        term(option.environment, text + ".", out);
    }
}

void examples(std::string& out) {
    section("EXAMPLES", out);
    for (const Command& row : commands()) {
        for (const Example& example : row.examples) {
            paragraph(example.what, out);
            out.append(".PP\n.RS 4\n.nf\n").append(escaped(example.command)).append("\n.fi\n.RE\n");
        }
    }
}

}  // namespace

std::string man_page() {
    std::string out = ".TH RIPTIDE 1 \"\" " + quoted("riptide " + std::string(version())) +
                      " \"User Commands\"\n";
    section("NAME", out);
    out += "riptide \\- untrusted HTML to clean articles, in a WebAssembly sandbox\n";
    section("SYNOPSIS", out);
    for (const Command& row : commands()) {
        out.append(".B ").append(quoted(synopsis(row))).append("\n.br\n");
    }
    section("DESCRIPTION", out);
    paragraph(
        "Turns HTML pages into their main content as text, Markdown, clean HTML or JSON. Each "
        "page is parsed by a WebAssembly component in a store of its own, which is destroyed "
        "afterwards, under limits of time and memory. Data is written to standard output, "
        "everything else to standard error.",
        out);
    section("FLAGS", out);
    flags(program_flags(), out);
    section("COMMANDS", out);
    for (const Command& row : commands()) command(row, out);
    environment(out);
    section("EXIT STATUS", out);
    for (const ExitCodeMeaning& row : kExitCodes) {
        term(std::to_string(static_cast<int>(row.code)), row.meaning, out);
    }
    examples(out);
    return out;
}

}  // namespace riptide::app
