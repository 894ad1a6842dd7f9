//! Calls by address become calls by name.
//!
//! A function's first use through the table costs the host some 900 instructions in each store,
//! because the host fills the table as it is used; a page of one word uses thirty. So each
//! signature gets a function, its dispatcher, that chooses among all functions of the table by
//! their place in it and calls the chosen one directly. Calls through the table become calls of
//! the dispatcher, and in short loops, as a parser's over its states, they choose for themselves.
//! A place with no function, or one of another signature, traps as before.

use anyhow::{Result, bail, ensure};
use std::collections::{BTreeMap, BTreeSet};
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{BlockType, CodeSection, Function, FunctionSection, Instruction, Module, TypeSection, ValType};
use wasmparser::{ElementItems, ElementKind, ExternalKind, FuncType, Operator, Parser, Payload, TypeRef};

/// A loop of at most so many instructions chooses for itself: a dispatcher's frame would count there.
const SHORT_LOOP: usize = 20;

/// What the table holds at a place.
struct Target {
    place: u32,
    function: u32,
}

/// The function that calls what the table holds, for one signature.
struct Dispatcher {
    signature: u32,
    parameters: Vec<ValType>,
    result: Option<ValType>,
    targets: Vec<Target>, // not empty; by place
}

impl Dispatcher {
    fn block(&self) -> BlockType {
        self.result.map_or(BlockType::Empty, BlockType::Result)
    }

    /// Calls what lies at the place that is in the local after the arguments, of which `arguments`
    /// is the first. Either execution goes on after a block around all of this, or the function
    /// ends.
    fn choose(&self, function: &mut Function, arguments: u32, goes_on: bool) {
        let count = self.targets.len() as u32;
        let place = arguments + self.parameters.len() as u32;
        let first = self.targets[0].place;
        let last = self.targets[self.targets.len() - 1].place;
        let mut labels = vec![count; (last - first + 1) as usize];
        for (label, target) in (0..).zip(&self.targets) {
            labels[(target.place - first) as usize] = label;
        }
        let mut code = function.instructions();
        for _ in 0..=count {
            code.block(BlockType::Empty);
        }
        code.local_get(place).i32_const(first.cast_signed()).i32_sub().br_table(labels, count);
        for (inner_blocks, target) in (0..count).rev().zip(&self.targets) {
            code.end();
            for argument in arguments..place {
                code.local_get(argument);
            }
            if goes_on {
                code.call(target.function).br(inner_blocks + 1);
            } else {
                code.return_call(target.function);
            }
        }
        code.end();
        for local in arguments..=place {
            code.local_get(local);
        }
        code.call_indirect(0, self.signature);
    }
}

#[derive(Default)]
struct Calls {
    types: Vec<FuncType>,
    functions: Vec<u32>, // their signatures, the imported first
    imported: usize,
    table: BTreeMap<u32, u32>,
    called: BTreeSet<u32>, // signatures of calls through the table
}

/// Refuses modules whose table is seen from outside, or changes and is called through.
fn read(module: &[u8]) -> Result<Calls> {
    let mut calls = Calls::default();
    let mut changes = false;
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    match import?.ty {
                        TypeRef::Func(signature) => calls.functions.push(signature),
                        TypeRef::Table(_) => bail!("the table is imported"),
                        _ => {}
                    }
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    ensure!(export?.kind != ExternalKind::Table, "the table is exported");
                }
            }
            Payload::TypeSection(types) => {
                calls.types = types.into_iter_err_on_gc_types().collect::<Result<_, _>>()?;
            }
            Payload::FunctionSection(functions) => {
                calls.imported = calls.functions.len();
                for signature in functions {
                    calls.functions.push(signature?);
                }
            }
            Payload::ElementSection(segments) => {
                for segment in segments {
                    let segment = segment?;
                    let ElementKind::Active { table_index: None | Some(0), offset_expr } = segment.kind else {
                        bail!("the table is not filled when the module starts");
                    };
                    let Operator::I32Const { value: first } = offset_expr.get_operators_reader().read()? else {
                        bail!("a place in the table is computed");
                    };
                    let ElementItems::Functions(functions) = segment.items else {
                        bail!("an entry of the table is computed");
                    };
                    for (place, function) in (first.cast_unsigned()..).zip(functions) {
                        calls.table.insert(place, function?);
                    }
                }
            }
            Payload::CodeSectionEntry(body) => {
                for operator in body.get_operators_reader()? {
                    match operator? {
                        Operator::CallIndirect { type_index, table_index: 0 } => {
                            calls.called.insert(type_index);
                        }
                        Operator::TableSet { .. }
                        | Operator::TableGrow { .. }
                        | Operator::TableFill { .. }
                        | Operator::TableInit { .. }
                        | Operator::TableCopy { .. } => changes = true,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    ensure!(calls.called.is_empty() || !changes, "the table changes");
    Ok(calls)
}

struct Rewriter {
    calls: Calls,
    dispatchers: Vec<Dispatcher>,
    next_body: usize, // the index of its function
}

impl Rewriter {
    fn new(calls: Calls) -> Result<Self> {
        let mut dispatchers = Vec::new();
        for &signature in &calls.called {
            let in_table = calls.table.iter().map(|(&place, &function)| Target { place, function });
            let targets: Vec<Target> = in_table
                .filter(|target| calls.functions[target.function as usize] == signature)
                .collect();
            let ty = &calls.types[signature as usize];
            ensure!(ty.results().len() <= 1, "a function called by its address has several results");
            if !targets.is_empty() {
                let mut result = ty.results().iter().copied().map(ValType::try_from);
                dispatchers.push(Dispatcher {
                    signature,
                    parameters: ty.params().iter().copied().map(ValType::try_from).collect::<Result<_, _>>()?,
                    result: result.next().transpose()?,
                    targets,
                });
            }
        }
        let next_body = calls.imported;
        Ok(Rewriter { calls, dispatchers, next_body })
    }

    fn dispatcher_of(&self, operator: &Operator<'_>) -> Option<usize> {
        let Operator::CallIndirect { type_index, table_index: 0 } = operator else {
            return None;
        };
        self.dispatchers.iter().position(|dispatcher| dispatcher.signature == *type_index)
    }

    /// Where in the body calls in short loops are, and their dispatchers.
    fn calls_in_short_loops(&self, body: &[Operator<'_>]) -> BTreeMap<usize, usize> {
        let mut found = BTreeMap::new();
        let mut open = Vec::new();
        for (at, operator) in body.iter().enumerate() {
            match operator {
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => open.push(at),
                Operator::End => {
                    // The last end is the function's.
                    let Some(begin) = open.pop() else { break };
                    if matches!(body[begin], Operator::Loop { .. }) && at - begin <= SHORT_LOOP {
                        let calls = (begin..at).filter_map(|at| Some((at, self.dispatcher_of(&body[at])?)));
                        found.extend(calls);
                    }
                }
                _ => {}
            }
        }
        found
    }
}

type Reencoded<T> = Result<T, reencode::Error>;

impl Reencode for Rewriter {
    type Error = std::convert::Infallible;

    fn parse_type_section(&mut self, types: &mut TypeSection, section: wasmparser::TypeSectionReader<'_>) -> Reencoded<()> {
        reencode::utils::parse_type_section(self, types, section)?;
        for dispatcher in &self.dispatchers {
            let parameters = [&dispatcher.parameters[..], &[ValType::I32]].concat();
            types.ty().function(parameters, dispatcher.result);
        }
        Ok(())
    }

    fn parse_function_section(&mut self, functions: &mut FunctionSection, section: wasmparser::FunctionSectionReader<'_>) -> Reencoded<()> {
        reencode::utils::parse_function_section(self, functions, section)?;
        for signature in (self.calls.types.len()..).take(self.dispatchers.len()) {
            functions.function(signature as u32);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, section: wasmparser::CodeSectionReader<'_>) -> Reencoded<()> {
        reencode::utils::parse_code_section(self, code, section)?;
        for dispatcher in &self.dispatchers {
            let mut function = Function::new([]);
            dispatcher.choose(&mut function, 0, false);
            function.instructions().end();
            code.function(&function);
        }
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: wasmparser::FunctionBody<'_>) -> Reencoded<()> {
        let signature = self.calls.functions[self.next_body];
        self.next_body += 1;
        let mut next_local = self.calls.types[signature as usize].params().len() as u32;
        let mut locals = Vec::new();
        for local in body.get_locals_reader()? {
            let (count, ty) = local?;
            locals.push((count, self.val_type(ty)?));
            next_local += count;
        }
        let operators = body.get_operators_reader()?.into_iter().collect::<Result<Vec<_>, _>>()?;
        let choices = self.calls_in_short_loops(&operators);
        let mut arguments = Vec::new(); // the first local of each choice
        for &dispatcher in choices.values() {
            arguments.push(next_local);
            let parameters = &self.dispatchers[dispatcher].parameters;
            next_local += parameters.len() as u32 + 1;
            locals.extend(parameters.iter().chain([&ValType::I32]).map(|&ty| (1, ty)));
        }
        let mut arguments = arguments.into_iter();
        let mut function = Function::new(locals);
        for (at, operator) in operators.into_iter().enumerate() {
            let Some(&dispatcher) = choices.get(&at) else {
                function.instruction(&self.instruction(operator)?);
                continue;
            };
            let dispatcher = &self.dispatchers[dispatcher];
            let first = arguments.next().expect("there is one for each choice");
            let place = first + dispatcher.parameters.len() as u32;
            for local in (first..=place).rev() {
                function.instructions().local_set(local);
            }
            function.instructions().block(dispatcher.block());
            dispatcher.choose(&mut function, first, true);
            function.instructions().end();
        }
        code.function(&function);
        Ok(())
    }

    fn instruction<'a>(&mut self, operator: Operator<'a>) -> Reencoded<Instruction<'a>> {
        match self.dispatcher_of(&operator) {
            Some(dispatcher) => Ok(Instruction::Call((self.calls.functions.len() + dispatcher) as u32)),
            None => reencode::utils::instruction(self, operator),
        }
    }
}

/// The same module with direct calls.
pub fn with_direct_calls(module: &[u8]) -> Result<Vec<u8>> {
    let mut rewriter = Rewriter::new(read(module)?)?;
    let mut result = Module::new();
    rewriter.parse_core_module(&mut result, Parser::new(0), module)?;
    Ok(result.finish())
}
