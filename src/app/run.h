/// The commands.
#pragma once

#include <riptide/error.h>

#include "app/command_line.h"
#include "app/exit_codes.h"
#include "app/output.h"
#include "config/settings.h"

namespace riptide::app {

/// Each writes its data to `output`, standard output, and returns what the process exits with, or
/// the error that ended it. What is wrong with single inputs is said on the way.
Result<ExitCode> run_extract(const CommandLine& line, const config::Settings& settings,
                             Output& output);
Result<ExitCode> run_explain(const CommandLine& line, const config::Settings& settings,
                             Output& output);
Result<ExitCode> run_batch(const CommandLine& line, const config::Settings& settings,
                           Output& output);
Result<ExitCode> run_compile(const CommandLine& line, const config::Settings& settings,
                             Output& output);
Result<ExitCode> run_doctor(const CommandLine& line, const config::Settings& settings,
                            Output& output);
Result<ExitCode> run_config(const CommandLine& line, const config::Settings& settings,
                            Output& output);

/// Serves until SIGTERM or SIGINT.
Result<ExitCode> run_serve(const CommandLine& line, const config::Settings& settings,
                           Output& output);

}  // namespace riptide::app
