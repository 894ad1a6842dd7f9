/// Random bits of the operating system.
#pragma once

#include <riptide/error.h>

#include <cstdint>

namespace riptide::sys {

/// 64 bits that nobody can guess. Error: `kIo`, where the kernel refuses them. Thread-safe.
Result<std::uint64_t> random_bits();

}  // namespace riptide::sys
