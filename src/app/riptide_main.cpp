/// riptide: the command line.
#include <riptide/helper_program.h>

#include <exception>
#include <new>
#include <string>
#include <vector>

#include "app/choice.h"
#include "app/command_line.h"
#include "app/help.h"
#include "app/interrupt.h"
#include "app/load_settings.h"
#include "app/man_page.h"
#include "app/messages.h"
#include "app/run.h"
#include "app/shells.h"
#include "app/system_calls.h"
#include "app/version.h"
#include "config/settings.h"

namespace riptide::app {
namespace {

using Run = Result<ExitCode> (*)(const CommandLine&, const config::Settings&, Output&);

Run runner_of(std::string_view command) {
    if (command == "extract") return run_extract;
    if (command == "explain") return run_explain;
    if (command == "batch") return run_batch;
    if (command == "compile") return run_compile;
    if (command == "doctor") return run_doctor;
    if (command == "serve") return run_serve;
    return run_config;
}

Result<ExitCode> print(Output& output, const std::string& text) {
    return output.write(text).map([] { return ExitCode::kOk; });
}

Result<ExitCode> run_command(const CommandLine& line, Output& output) {
    if (line.command->options == Options::kIgnored) {
        if (line.command->name == "man") return print(output, man_page());
        return print(output, completions(choice<Shell>(kShellNames, line.arguments.front())));
    }
    const Result<config::Settings> settings = load_settings(line);
    if (!settings) return tl::unexpected(settings.error());
    for (const std::string& warning : settings->warnings) say(warning);
    return runner_of(line.command->name)(line, *settings, output);
}

Result<ExitCode> run(const CommandLine& line, Output& output) {
    switch (line.wish) {
        case Wish::kVersion:
            return print(output, versions());
        case Wish::kHelp:
            return print(output,
                         line.command == nullptr ? program_help() : command_help(*line.command));
        case Wish::kRun:
            break;
    }
    return run_command(line, output);
}

/// Says what ended the run.
ExitCode ended_by(const Error& error, std::string_view command) {
    say(error.detail);
    if (error.error_class == ErrorClass::kUsage) {
        const std::string words =
            find_command(command) == nullptr ? "" : std::string(command) + " ";
        say("`riptide " + words + "--help` tells more");
    }
    return exit_code(error);
}

ExitCode main_with(const std::vector<std::string>& arguments) {
    const std::string_view command = arguments.empty() ? "" : std::string_view(arguments.front());
    const Result<CommandLine> line = parse_command_line(arguments);
    if (!line) return ended_by(line.error(), command);
    Output output = Output::standard();
    Result<ExitCode> code = run(*line, output);
    if (auto finished = output.finish(); code && !finished) code = tl::unexpected(finished.error());
    if (code) return *code;
    // That a reader closes its pipe is its right: nothing need be said.
    return output.reader_left() ? exit_code(code.error()) : ended_by(code.error(), command);
}

}  // namespace
}  // namespace riptide::app

int main(int argc, char** argv) {
    using namespace riptide::app;
    riptide::serve_as_zygote_if_asked(argc, argv);
    reserve_standard_streams();
    install_signal_handlers();
    try {
        return static_cast<int>(main_with({argv + (argc > 0 ? 1 : 0), argv + argc}));
    } catch (const std::bad_alloc&) {
        say("out of memory; a smaller page, or a higher limit of memory, would do");
        return static_cast<int>(ExitCode::kLimit);
    } catch (const std::exception& error) {
        say(std::string("this should not have happened: ") + error.what());
        return static_cast<int>(ExitCode::kSomeFailed);
    }
}
