#include "app/version.h"

namespace riptide::app {

std::string_view version() { return RIPTIDE_VERSION; }

std::string versions() {
    return "riptide " RIPTIDE_VERSION "\nWasmtime " RIPTIDE_WASMTIME_VERSION
           "\nlexbor " RIPTIDE_LEXBOR_VERSION "\n";
}

}  // namespace riptide::app
