//! Wasmtime's C API as one static library, plus the accessors that it lacks.
//!
//! The C types are `repr(C)` structs whose single field is the Rust value, which is what the casts
//! below rely on. The crate version is pinned exactly, and every function has a test on the C++
//! side (`tests/wasm/shim_test.cpp`) that would notice another layout. The C declarations are in
//! `src/wasm/shim.h`.

mod artifact;
mod bulk;
mod slot;

pub use artifact::*;
pub use slot::*;
pub use wasmtime_c_api::*;

use std::sync::Arc;

use wasmtime::{Config, Enabled, Engine, Error, PoolingAllocationConfig, Trap};

/// Lets the pooling allocator ask the kernel (PAGEMAP_SCAN, Linux 6.7) which pages of a slot are
/// dirty, where the kernel can tell.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn riptide_pooling_pagemap_scan(
    config: *mut wasmtime_pooling_allocation_config_t,
    enable: bool,
) {
    let config = unsafe { &mut *config.cast::<PoolingAllocationConfig>() };
    config.pagemap_scan(if enable { Enabled::Auto } else { Enabled::No });
}

/// Makes an engine, or says why not: `wasm_engine_new_with_config` aborts the process instead.
/// Takes ownership of `config`. The engine's errors have no backtrace, and its code no tables for
/// one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn riptide_engine_new(
    config: Box<wasm_config_t>,
    engine_out: &mut *mut wasm_engine_t,
) -> Option<Box<wasmtime_error_t>> {
    let mut config = unsafe { &*(&raw const *config).cast::<Config>() }.clone();
    config.with_custom_code_memory(Some(Arc::new(CodeAnywhere)));
    config.wasm_backtrace_max_frames(None).generate_address_map(false).native_unwind_info(false);
    match Engine::new(&config) {
        Ok(engine) => {
            *engine_out = Box::into_raw(Box::new(engine)).cast::<wasm_engine_t>();
            None
        }
        Err(error) => Some(Box::new(wasmtime_error_t::from(error))),
    }
}

/// The trap code inside a component call's error; false when the error is no trap.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn riptide_error_trap_code(error: &wasmtime_error_t, code: &mut u8) -> bool {
    let error = unsafe { &*(&raw const *error).cast::<Error>() };
    match error.downcast_ref::<Trap>() {
        Some(trap) => {
            *code = *trap as u8;
            true
        }
        None => false,
    }
}
