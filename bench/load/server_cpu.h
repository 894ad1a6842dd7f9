/// The processor time of the server that is loaded.
#pragma once

#include <chrono>
#include <optional>

namespace riptide::load {

/// User and system time of a process of this machine since its start, without its children; empty
/// when there is none. Source: proc(5), /proc/PID/stat.
std::optional<std::chrono::nanoseconds> processor_time(int process);

}  // namespace riptide::load
