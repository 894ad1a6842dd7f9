/// How much memory this process may have.
#pragma once

#include <riptide/config.h>

namespace riptide::sys {

/// The smaller of the machine's memory and the limit of this process's control group (v2, or v1's
/// memory controller; of the group itself, not of those above it).
Bytes usable_memory();

}  // namespace riptide::sys
