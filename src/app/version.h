/// What this program is built of.
#pragma once

#include <string>
#include <string_view>

namespace riptide::app {

/// "0.1.0"
std::string_view version();

/// riptide, Wasmtime and lexbor, a line each.
std::string versions();

}  // namespace riptide::app
