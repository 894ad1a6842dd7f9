/// Standard streams, and what system calls say when they fail.
#pragma once

#include <string>

namespace riptide::app {

/// Why a system call failed, as the rest of a sentence ("permission denied").
std::string reason(int error_number);

/// Makes sure that descriptors 0, 1 and 2 are taken, so that no file that is opened later can be
/// mistaken for a standard stream. One that was closed fails when it is used. Call once, first.
void reserve_standard_streams();

}  // namespace riptide::app
