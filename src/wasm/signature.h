/// Holds a loaded component against the contract.
#pragma once

#include <riptide/error.h>

#include "wasm/handles.h"

namespace riptide::wasm {

/// Checks that the component imports nothing and exports the function of wit/extractor.wit with
/// exactly its types. Error: `kEngineStart` with a sentence that says what differs.
Result<void> check_signature(const wasmtime_component_t& component, const wasm_engine_t& engine);

}  // namespace riptide::wasm
