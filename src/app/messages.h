/// What is said to the person at the terminal: standard error only.
#pragma once

#include <string>
#include <string_view>

namespace riptide::app {

/// Writes "riptide: MESSAGE" as one line. Control characters are escaped, and a standard error that
/// cannot be written to is no reason to fail.
void say(std::string_view message);

/// How an input is called in messages: its path made printable, or "stdin" for "-".
std::string shown(std::string_view input);

}  // namespace riptide::app
