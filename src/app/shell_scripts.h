/// The completion script of each shell.
#pragma once

#include <string>

namespace riptide::app {

std::string bash_completions();
std::string zsh_completions();
std::string fish_completions();

}  // namespace riptide::app
