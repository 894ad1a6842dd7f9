/// `--help`, made from the command table.
#pragma once

#include <string>

#include "app/command_table.h"

namespace riptide::app {

/// Help on the program: what it is for, its commands, first steps.
std::string program_help();

/// Help on a command: what it does, its flags, examples, exit codes.
std::string command_help(const Command& command);

}  // namespace riptide::app
