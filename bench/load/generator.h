/// Makes the load.
#pragma once

#include <riptide/error.h>

#include "load/options.h"
#include "load/result.h"

namespace riptide::load {

/// Loads the server from the calling thread. Error: `kIo` for a page that cannot be read, and for a
/// server that cannot be reached at all.
Result<Measured> run(const Options& options);

}  // namespace riptide::load
