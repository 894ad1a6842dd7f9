/// What the kernel tells of this process.
#pragma once

#include <riptide/config.h>

#include <chrono>
#include <cstdint>

namespace riptide::sys {

/// Of this process alone, without its children. Zero is what cannot be found out.
struct ProcessFigures {
    Bytes resident_memory;
    Bytes virtual_memory;
    std::uint32_t open_descriptors = 0;
    std::uint64_t max_descriptors = 0;
    std::uint32_t threads = 0;
    std::chrono::nanoseconds cpu_time{0};  ///< User and system.
    std::chrono::system_clock::time_point started;
};

/// Thread-safe; some system calls, so not for every request. Source: proc(5), getrusage(2).
ProcessFigures process_figures();

}  // namespace riptide::sys
