/// The options of this process.
#pragma once

#include <riptide/error.h>

#include "app/command_line.h"
#include "config/settings.h"

namespace riptide::app {

/// Resolves them from the command line, the environment and the configuration file, which is read
/// anew each time. Errors: `kConfig`, `kIo`.
Result<config::Settings> load_settings(const CommandLine& line);

}  // namespace riptide::app
