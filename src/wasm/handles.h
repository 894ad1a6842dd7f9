/// Wasmtime's C handles as owners.
#pragma once

#include <riptide/error.h>

#include <wasmtime/component.h>

#include <memory>
#include <string>

#include "wasm/shim.h"

namespace riptide::wasm {

template <auto kDelete>
struct HandleDeleter {
    template <typename T>
    void operator()(T* handle) const {
        kDelete(handle);
    }
};

template <typename T, auto kDelete>
using Handle = std::unique_ptr<T, HandleDeleter<kDelete>>;

using EngineHandle = Handle<wasm_engine_t, wasm_engine_delete>;
using ErrorHandle = Handle<wasmtime_error_t, wasmtime_error_delete>;
using ComponentHandle = Handle<wasmtime_component_t, wasmtime_component_delete>;
using ExtractorHandle = Handle<riptide_extractor_t, riptide_extractor_delete>;
using SlotHandle = Handle<riptide_slot_t, riptide_slot_delete>;

/// The first line of Wasmtime's message: the rest is a backtrace.
std::string message_of(const wasmtime_error_t& error);

}  // namespace riptide::wasm
