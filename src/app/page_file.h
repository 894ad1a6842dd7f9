/// Reading pages.
#pragma once

#include <riptide/config.h>
#include <riptide/error.h>

#include <string>

namespace riptide::app {

/// The bytes of a file, pipe or device, or of standard input for "-". Reads at most one byte more
/// than `limit`. Errors: `kIo` (missing, a directory, unreadable), `kTooLarge`; neither names the
/// input.
Result<std::string> read_page(const std::string& input, Bytes limit);

}  // namespace riptide::app
