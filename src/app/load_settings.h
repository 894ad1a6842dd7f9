/// The options of this process.
#pragma once

#include <riptide/error.h>

#include <cstdint>

#include "app/command_line.h"
#include "config/settings.h"

namespace riptide::app {

/// Whether the files that options name were read before; a pipe can be read once.
enum class Reading : std::uint8_t { kFirst, kAgain };

/// Resolves them from the command line, the environment and the configuration file, which is read
/// anew each time. Errors: `kConfig`, `kIo`.
Result<config::Settings> load_settings(const CommandLine& line, Reading reading = Reading::kFirst);

}  // namespace riptide::app
