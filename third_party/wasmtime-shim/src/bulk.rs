//! Long bulk operations become loops of the guest's own.
//!
//! A guest can be stopped where it runs code of its own, and a bulk operation is the host's:
//! `memory.fill` of 200 MiB takes the host 50 ms. So fills and copies that may be long call a
//! function, in the guest, that works in vectors; short ones stay as they are, and are over before
//! they matter. Growth and data segments are rare, and are followed by a while of the guest's own,
//! as long as the operation, in which it can be stopped. Operations on tables are loops of the
//! guest's already, or short.

use wasm_encoder::reencode::component_utils;
use wasm_encoder::reencode::{self, Reencode, ReencodeComponent};
use wasm_encoder::{
    BlockType, CodeSection, Component, Function, FunctionSection, InstructionSink, MemArg, Module,
    ModuleSection, TypeSection, ValType,
};
use wasmparser::{Operator, Parser, Payload, TypeRef, Validator, WasmFeatures};
use wasmtime::{Result, bail};

/// Bytes that the host's own operation takes at most.
const SHORT: i32 = 4096;
/// Bytes that a loop moves at a time: four vectors.
const STEP: i32 = 64;
/// About a microsecond of the guest's own; a round for each byte takes longer than the bytes.
const LINGER_ROUNDS: i32 = 4096;

/// A module to which functions are added.
#[derive(Default)]
struct Contents {
    parameters: Vec<u32>, // of each type of function: how many
    imported: u32,        // functions
    functions: Vec<u32>,  // the types of the others
    has_memory: bool,
}

impl Contents {
    fn of(module: &[u8]) -> wasmparser::Result<Self> {
        let mut contents = Contents::default();
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::TypeSection(types) => {
                    for ty in types.into_iter_err_on_gc_types() {
                        contents.parameters.push(ty?.params().len() as u32);
                    }
                }
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        match import?.ty {
                            TypeRef::Func(_) => contents.imported += 1,
                            TypeRef::Memory(_) => contents.has_memory = true,
                            _ => {}
                        }
                    }
                }
                Payload::FunctionSection(functions) => {
                    contents.functions = functions.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::MemorySection(memories) => contents.has_memory |= memories.count() > 0,
                _ => {}
            }
        }
        Ok(contents)
    }
}

/// Locals of the functions that are added: their parameters first.
const TO: u32 = 0;
const FROM: u32 = 1; // or the byte to fill with
const LENGTH: u32 = 2;
const LAST: u32 = 3;
const VECTOR: u32 = 4; // four, where memory is copied

/// Adds its functions behind those of one module.
struct Rewriter {
    contents: Contents,
    next_body: usize,
}

impl Rewriter {
    fn first_added(&self) -> u32 {
        self.contents.imported + self.contents.functions.len() as u32
    }
    fn linger(&self) -> u32 {
        self.first_added() + 1 // the first is what a guest that must stop is sent to
    }
    fn fill(&self) -> u32 {
        self.first_added() + 2
    }
    fn copy(&self) -> u32 {
        self.first_added() + 3
    }
    /// Types: of a function of nothing, of one number, and of three.
    fn nothing(&self) -> u32 {
        self.contents.parameters.len() as u32
    }
    fn number(&self) -> u32 {
        self.nothing() + 1
    }
    fn numbers(&self) -> u32 {
        self.nothing() + 2
    }
}

fn vector_at(offset: i32) -> MemArg {
    MemArg { offset: offset as u64, align: 0, memory_index: 0 }
}

/// Traps as the operation does, before anything is written: where LENGTH bytes from `begin` are not
/// all there. LENGTH is not zero.
fn check_range(code: &mut InstructionSink<'_>, begin: u32) {
    code.local_get(begin).local_get(LENGTH).i32_add().i32_const(1).i32_sub().local_tee(LAST);
    code.local_get(begin).i32_lt_u().if_(BlockType::Empty).unreachable().end();
    code.local_get(LAST).i32_load8_u(MemArg { offset: 0, align: 0, memory_index: 0 }).drop();
}

/// Runs `step` while there are STEP bytes or more; it makes LENGTH smaller.
fn while_long(code: &mut InstructionSink<'_>, step: impl FnOnce(&mut InstructionSink<'_>)) {
    code.block(BlockType::Empty).loop_(BlockType::Empty);
    code.local_get(LENGTH).i32_const(STEP).i32_lt_u().br_if(1);
    step(code);
    code.br(0).end().end();
}

fn add(code: &mut InstructionSink<'_>, local: u32, value: i32) {
    code.local_get(local).i32_const(value).i32_add().local_set(local);
}

fn fill_function() -> Function {
    let mut function = Function::new([(1, ValType::I32), (1, ValType::V128)]);
    let mut code = function.instructions();
    check_range(&mut code, TO);
    code.local_get(FROM).i8x16_splat().local_set(VECTOR);
    while_long(&mut code, |code| {
        for offset in (0..STEP).step_by(16) {
            code.local_get(TO).local_get(VECTOR).v128_store(vector_at(offset));
        }
        add(code, TO, STEP);
        add(code, LENGTH, -STEP);
    });
    code.local_get(TO).local_get(FROM).local_get(LENGTH).memory_fill(0).end();
    function
}

/// Moves STEP bytes, all of which are read before any is written.
fn move_step(code: &mut InstructionSink<'_>, place: impl Fn(&mut InstructionSink<'_>, u32)) {
    let vectors = || (VECTOR..).zip((0..STEP).step_by(16));
    for (vector, offset) in vectors() {
        place(code, FROM);
        code.v128_load(vector_at(offset)).local_set(vector);
    }
    for (vector, offset) in vectors() {
        place(code, TO);
        code.local_get(vector).v128_store(vector_at(offset));
    }
}

fn copy_function() -> Function {
    let mut function = Function::new([(1, ValType::I32), (4, ValType::V128)]);
    let mut code = function.instructions();
    check_range(&mut code, TO);
    check_range(&mut code, FROM);
    // Only what lies ahead of its source, and in it, has to be copied from its end.
    code.local_get(TO).local_get(FROM).i32_sub().local_get(LENGTH).i32_ge_u();
    code.if_(BlockType::Empty);
    while_long(&mut code, |code| {
        move_step(code, |code, local| {
            code.local_get(local);
        });
        add(code, TO, STEP);
        add(code, FROM, STEP);
        add(code, LENGTH, -STEP);
    });
    code.else_();
    while_long(&mut code, |code| {
        add(code, LENGTH, -STEP);
        move_step(code, |code, local| {
            code.local_get(local).local_get(LENGTH).i32_add();
        });
    });
    code.end();
    code.local_get(TO).local_get(FROM).local_get(LENGTH).memory_copy(0, 0).end();
    function
}

/// Its parameter is a number of rounds, not zero.
fn linger_function() -> Function {
    let mut function = Function::new([]);
    let mut code = function.instructions();
    code.loop_(BlockType::Empty);
    code.local_get(0).i32_const(1).i32_sub().local_tee(0).br_if(0).end().end();
    function
}

fn stop_function() -> Function {
    let mut function = Function::new([]);
    function.instructions().unreachable().end();
    function
}

type Reencoded<T> = Result<T, reencode::Error>;

impl Reencode for Rewriter {
    type Error = std::convert::Infallible;

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: wasmparser::TypeSectionReader<'_>,
    ) -> Reencoded<()> {
        reencode::utils::parse_type_section(self, types, section)?;
        types.ty().function([], []);
        types.ty().function([ValType::I32], []);
        types.ty().function([ValType::I32; 3], []);
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: wasmparser::FunctionSectionReader<'_>,
    ) -> Reencoded<()> {
        reencode::utils::parse_function_section(self, functions, section)?;
        functions.function(self.nothing()).function(self.number());
        if self.contents.has_memory {
            functions.function(self.numbers()).function(self.numbers());
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: wasmparser::CodeSectionReader<'_>,
    ) -> Reencoded<()> {
        reencode::utils::parse_code_section(self, code, section)?;
        code.function(&stop_function()).function(&linger_function());
        if self.contents.has_memory {
            code.function(&fill_function()).function(&copy_function());
        }
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: wasmparser::FunctionBody<'_>,
    ) -> Reencoded<()> {
        let signature = self.contents.functions[self.next_body];
        self.next_body += 1;
        let mut length = self.contents.parameters[signature as usize]; // the local
        let mut locals = Vec::new();
        for local in body.get_locals_reader()? {
            let (count, ty) = local?;
            locals.push((count, self.val_type(ty)?));
            length += count;
        }
        locals.push((1, ValType::I32));
        let mut function = Function::new(locals);
        let mut constant = None; // on top of the stack
        for operator in body.get_operators_reader()? {
            let operator = operator?;
            let is_short = constant.is_some_and(|length: i32| (0..=SHORT).contains(&length));
            constant = match operator {
                Operator::I32Const { value } => Some(value),
                _ => None,
            };
            let on_memory = match operator {
                Operator::MemoryFill { .. } if !is_short => Some(self.fill()),
                Operator::MemoryCopy { .. } if !is_short => Some(self.copy()),
                _ => None,
            };
            if let Some(long_operation) = on_memory {
                let mut code = function.instructions();
                code.local_tee(length).local_get(length).i32_const(SHORT).i32_gt_u();
                code.if_(BlockType::FunctionType(self.numbers())).call(long_operation).else_();
            }
            let is_init = matches!(operator, Operator::MemoryInit { .. });
            let is_growth = matches!(operator, Operator::MemoryGrow { .. });
            if is_init {
                function.instructions().local_tee(length);
            }
            function.instruction(&self.instruction(operator)?);
            if on_memory.is_some() {
                function.instructions().end();
            }
            if is_init || is_growth {
                let mut code = function.instructions();
                code.i32_const(LINGER_ROUNDS);
                if is_init {
                    code.local_get(length).i32_add();
                }
                code.call(self.linger());
            }
        }
        code.function(&function);
        Ok(())
    }
}

struct Modules;

impl Reencode for Modules {
    type Error = std::convert::Infallible;
}

impl ReencodeComponent for Modules {
    fn parse_component_submodule(
        &mut self,
        component: &mut Component,
        parser: Parser,
        module: &[u8],
    ) -> Reencoded<()> {
        let contents = Contents::of(module)?;
        if contents.functions.is_empty() {
            return component_utils::parse_component_submodule(self, component, parser, module);
        }
        let mut result = Module::new();
        Rewriter { contents, next_body: 0 }.parse_core_module(&mut result, parser, module)?;
        component.section(&ModuleSection(&result));
        Ok(())
    }
}

/// Refuses what is invalid, and components in which inner ones have functions of their own: Wasmtime
/// generates code for calls between these, in which no guest could be stopped.
fn check(component: &[u8]) -> Result<()> {
    // The engine judges the result. Here only what is read without further checks has to be valid.
    Validator::new_with_features(WasmFeatures::all()).validate_all(component)?;
    let mut depth = 0;
    for payload in Parser::new(0).parse_all(component) {
        match payload? {
            Payload::Version { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::ComponentCanonicalSection(_) if depth > 1 => {
                bail!("a component inside it has functions of its own; compose it into one")
            }
            _ => {}
        }
    }
    Ok(())
}

/// The same component with bulk operations in which the guest can be stopped. Its modules may have
/// one memory each, of 32-bit addresses.
pub fn with_short_bulk_operations(component: &[u8]) -> Result<Vec<u8>> {
    check(component)?;
    let mut result = Component::new();
    Modules.parse_component(&mut result, Parser::new(0), component)?;
    Ok(result.finish())
}
