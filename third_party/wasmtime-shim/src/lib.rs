//! Wasmtime's C API as one static library, plus the accessors that it lacks.
//!
//! The C types are `repr(C)` structs whose single field is the Rust value, which is what the casts
//! below rely on. The crate version is pinned exactly, and every function has a test on the C++
//! side (`tests/wasm/shim_test.cpp`) that would notice another layout. The C declarations are in
//! `src/wasm/shim.h`.

pub use wasmtime_c_api::*;

use wasmtime::{Config, Enabled, Engine, Error, PoolingAllocationConfig, ResourceLimiter, Trap};

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
/// Takes ownership of `config`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn riptide_engine_new(
    config: Box<wasm_config_t>,
    engine_out: &mut *mut wasm_engine_t,
) -> Option<Box<wasmtime_error_t>> {
    let config = unsafe { &*(&raw const *config).cast::<Config>() };
    match Engine::new(config) {
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

/// Bounds one store's linear memory and remembers what was asked for; owned by the host, which
/// keeps it alive as long as the store.
#[repr(C)]
pub struct riptide_memory_limiter_t {
    limit_bytes: u64,
    peak_bytes: u64,
    denied_growths: u64,
}

impl ResourceLimiter for riptide_memory_limiter_t {
    fn memory_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let desired = desired as u64;
        if desired > self.limit_bytes {
            self.denied_growths += 1;
            return Ok(false);
        }
        self.peak_bytes = self.peak_bytes.max(desired);
        Ok(true)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        Ok(desired <= 10_000)
    }
}

struct LimiterPointer(*mut riptide_memory_limiter_t);
unsafe impl Send for LimiterPointer {}
unsafe impl Sync for LimiterPointer {}

/// Installs `limiter` on a store; replaces `wasmtime_store_limiter`, which reports nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn riptide_store_set_memory_limiter(
    store: *mut wasmtime_store_t,
    limiter: *mut riptide_memory_limiter_t,
) {
    let store = unsafe { &mut *store.cast::<wasmtime::Store<WasmtimeStoreData>>() };
    let limiter = LimiterPointer(limiter);
    store.limiter(move |_| {
        let LimiterPointer(limiter) = &limiter;
        unsafe { &mut **limiter }
    });
}
