/// How many file descriptors this process may have open.
#pragma once

#include <cstdint>

namespace riptide::sys {

/// Raises the limit as far as this process may by itself (from the soft to the hard one), and
/// returns what it is then. Processes that are started later inherit it.
std::uint64_t raise_descriptor_limit();

}  // namespace riptide::sys
