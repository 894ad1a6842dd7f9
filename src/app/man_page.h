/// The manual page, made from the command table and the option table.
#pragma once

#include <string>

namespace riptide::app {

/// riptide(1) in the man macros of roff.
std::string man_page();

}  // namespace riptide::app
