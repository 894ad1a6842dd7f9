//! Components: compiled into an artifact, and run where the artifact lies.

use std::ffi::c_void;
use std::ptr::{self, NonNull};

use rustix::mm::{MprotectFlags, mprotect};
use wasmtime::component::Component;
use wasmtime::{CustomCodeMemory, Engine, Error, Result, ensure, format_err};
use wasmtime_c_api::{wasm_byte_vec_t, wasm_engine_t, wasmtime_component_t, wasmtime_error_t};
use wasmtime_environ::object::{Object, ObjectSection, ObjectSymbol, SymbolKind};
use wasmtime_environ::{iterate_traps, object, obj::ELF_WASMTIME_TRAPS};
use wasmtime_internal_jit_icache_coherence::{clear_cache, pipeline_flush_mt};

use crate::bulk::with_short_bulk_operations;

/// Makes code executable wherever it lies. Wasmtime by itself does that only in memory that it
/// mapped, into which an artifact would have to be copied.
pub struct CodeAnywhere;

impl CustomCodeMemory for CodeAnywhere {
    fn required_alignment(&self) -> usize {
        rustix::param::page_size()
    }

    fn publish_executable(&self, code: *const u8, len: usize) -> Result<()> {
        let code = code.cast_mut().cast::<c_void>();
        unsafe {
            clear_cache(code, len)?;
            mprotect(code, len, MprotectFlags::READ | MprotectFlags::EXEC)?;
        }
        Ok(pipeline_flush_mt()?)
    }

    /// The code's owner unmaps it next.
    fn unpublish_executable(&self, _: *const u8, _: usize) -> Result<()> {
        Ok(())
    }
}

/// Compiles a component into an artifact, in which the guest can be stopped.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn riptide_component_compile(
    engine: *const wasm_engine_t,
    bytes: NonNull<u8>,
    size: usize,
    artifact_out: &mut wasm_byte_vec_t,
) -> Option<Box<wasmtime_error_t>> {
    let engine = unsafe { &*engine.cast::<Engine>() };
    let bytes = unsafe { NonNull::slice_from_raw_parts(bytes, size).as_ref() };
    let compile = || -> Result<Vec<u8>> {
        engine.precompile_component(&with_short_bulk_operations(bytes)?)
    };
    match compile() {
        Ok(artifact) => {
            artifact_out.set_buffer(artifact);
            None
        }
        Err(error) => Some(Box::new(wasmtime_error_t::from(error))),
    }
}

/// Where the guest's own functions are, without the host's between and around them, and an
/// instruction that always traps.
#[repr(C)]
pub struct riptide_code_t {
    begin: *const u8,
    end: *const u8,
    trap: *const u8,
}

#[cfg(target_arch = "x86_64")]
const TRAP: &[u8] = &[0x0f, 0x0b]; // ud2
#[cfg(target_arch = "aarch64")]
const TRAP: &[u8] = &[0x1f, 0xc1, 0x00, 0x00]; // udf #0xc11f

fn find_code(artifact: &[u8]) -> Result<riptide_code_t> {
    let elf = object::File::parse(artifact)?;
    let text = elf.section_by_name(".text").ok_or_else(|| format_err!("there is no code"))?.data()?;
    let traps = elf.section_by_name(ELF_WASMTIME_TRAPS);
    let traps = traps.ok_or_else(|| format_err!("there are no traps"))?.data()?;
    let (mut begin, mut end) = (usize::MAX, 0);
    let mut others = Vec::new(); // where they begin
    for symbol in elf.symbols().filter(|symbol| symbol.kind() == SymbolKind::Text) {
        let at = symbol.address() as usize;
        if symbol.name()?.starts_with("wasm[") && symbol.name()?.contains("]::function[") {
            begin = begin.min(at);
            end = end.max(at + symbol.size() as usize);
        } else {
            others.push(at);
        }
    }
    ensure!(begin < end && end <= text.len(), "there are no functions");
    ensure!(!others.iter().any(|at| (begin..end).contains(at)), "functions are not apart");
    let trap = iterate_traps(traps)
        .into_iter()
        .flatten()
        .map(|(at, _)| at as usize)
        .find(|&at| text.get(at..).is_some_and(|code| code.starts_with(TRAP)))
        .ok_or_else(|| format_err!("nothing traps"))?;
    let text = text.as_ptr();
    Ok(unsafe { riptide_code_t { begin: text.add(begin), end: text.add(end), trap: text.add(trap) } })
}

/// A component of an artifact, whose bytes are used where they lie: they begin a page, are not
/// written to any more, and outlive the component and all that was made of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn riptide_component_load(
    engine: *const wasm_engine_t,
    bytes: NonNull<u8>,
    size: usize,
    component_out: &mut *mut wasmtime_component_t,
    code_out: &mut riptide_code_t,
) -> Option<Box<wasmtime_error_t>> {
    let engine = unsafe { &*engine.cast::<Engine>() };
    let bytes = NonNull::slice_from_raw_parts(bytes, size);
    let load = || -> Result<(Component, riptide_code_t), Error> {
        let component = unsafe { Component::deserialize_raw(engine, bytes) }?;
        let code = find_code(unsafe { bytes.as_ref() })?;
        Ok((component, code))
    };
    *component_out = ptr::null_mut();
    match load() {
        Ok((component, code)) => {
            *component_out = Box::into_raw(Box::new(component)).cast::<wasmtime_component_t>();
            *code_out = code;
            None
        }
        Err(error) => Some(Box::new(wasmtime_error_t::from(error))),
    }
}
