/// The processors of the machine.
#pragma once

#include <cstdint>

namespace riptide::sys {

/// How many the calling thread, and those that it starts, may use: at least 1. A control group's
/// limit on processor time does not count. Thread-safe.
std::uint32_t usable_processors();

}  // namespace riptide::sys
