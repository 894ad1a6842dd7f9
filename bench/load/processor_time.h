/// The processor time of processes: of the server that is loaded, and of the generator.
#pragma once

#include <chrono>
#include <optional>

namespace riptide::load {

/// User and system time of a process of this machine since its start, without its children; empty
/// when there is none. Source: proc(5), /proc/PID/stat.
std::optional<std::chrono::nanoseconds> processor_time(int process);

/// The same of this process, and exact where that counts in hundredths of a second.
std::chrono::nanoseconds own_processor_time();

}  // namespace riptide::load
