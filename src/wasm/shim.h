/// What third_party/wasmtime-shim adds to Wasmtime's C API.
#pragma once

#include <wasm.h>
#include <wasmtime.h>

extern "C" {

/// Lets the pooling allocator ask the kernel (PAGEMAP_SCAN, Linux 6.7) which pages are dirty.
void riptide_pooling_pagemap_scan(wasmtime_pooling_allocation_config_t* config, bool enable);

/// Makes an engine or says why not. Takes ownership of `config`.
wasmtime_error_t* riptide_engine_new(wasm_config_t* config, wasm_engine_t** engine_out);

/// The trap code (`wasmtime_trap_code_enum`) inside an error; false when it is no trap.
bool riptide_error_trap_code(const wasmtime_error_t* error, uint8_t* code);

/// Bounds a store's linear memory, and remembers what was asked for.
typedef struct riptide_memory_limiter {
    uint64_t limit_bytes;
    uint64_t peak_bytes;      ///< Largest size granted.
    uint64_t denied_growths;  ///< Growths refused because of `limit_bytes`.
} riptide_memory_limiter_t;

/// Installs the limiter, which must outlive the store.
void riptide_store_set_memory_limiter(wasmtime_store_t* store, riptide_memory_limiter_t* limiter);

}  // extern "C"
