//! `componentize bindings WIT DIR`: C bindings for the guest.
//! `componentize signature WIT OUT`: the world's one export, as a C++ header for the host.
//! `componentize encode CORE OUT`: the component of a core module built with those bindings.
//! `componentize wat WIT WAT OUT`: the component of a core module written as text, or one written as
//! text itself, for tests.
//! `componentize wit COMPONENT`: the component's world, as WIT.

mod direct_calls;

use anyhow::{Context, Result, bail};
use direct_calls::with_direct_calls;
use std::{env, fs, path::Path};
use wit_bindgen_core::Files;
use wit_component::{ComponentEncoder, DecodedWasm, StringEncoding, WitPrinter};
use wit_parser::{Resolve, Type, TypeDefKind, WorldId, WorldItem};

fn main() -> Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["bindings", wit, out] => bindings(wit, out),
        ["signature", wit, out] => signature(wit, out),
        ["encode", core, out] => encode(&read(core)?, out),
        ["wat", wit, text, out] => encode_text(wit, text, out),
        ["wit", component] => print_wit(component),
        _ => bail!("usage: componentize bindings WIT DIR | signature WIT OUT | encode CORE OUT | wat WIT WAT OUT | wit COMPONENT"),
    }
}

fn read(path: &str) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {path}"))
}

fn load_world(wit: &str) -> Result<(Resolve, WorldId)> {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_path(wit)?;
    let world = resolve.select_world(&[package], None)?;
    Ok((resolve, world))
}

fn bindings(wit: &str, out: &str) -> Result<()> {
    let (mut resolve, world) = load_world(wit)?;
    let mut files = Files::default();
    wit_bindgen_c::Opts::default().build().generate(&mut resolve, world, &mut files)?;
    fs::create_dir_all(out)?;
    for (name, bytes) in files.iter() {
        fs::write(Path::new(out).join(name), bytes)?;
    }
    Ok(())
}

/// Spells a type out in full, as `src/wasm/signature.cpp` spells the types of a loaded component.
fn spell(resolve: &Resolve, ty: &Type) -> String {
    let Type::Id(id) = ty else {
        return format!("{ty:?}").to_lowercase();
    };
    let join = |parts: Vec<String>| parts.join(", ");
    let payload = |ty: &Option<Type>| ty.map_or("_".into(), |ty| spell(resolve, &ty));
    match &resolve.types[*id].kind {
        TypeDefKind::Type(ty) => spell(resolve, ty),
        TypeDefKind::List(ty) => format!("list<{}>", spell(resolve, ty)),
        TypeDefKind::Option(ty) => format!("option<{}>", spell(resolve, ty)),
        TypeDefKind::Result(result) => {
            format!("result<{}, {}>", payload(&result.ok), payload(&result.err))
        }
        TypeDefKind::Record(record) => {
            let field = |f: &wit_parser::Field| format!("{}: {}", f.name, spell(resolve, &f.ty));
            format!("record{{{}}}", join(record.fields.iter().map(field).collect()))
        }
        TypeDefKind::Variant(variant) => {
            let case = |c: &wit_parser::Case| match &c.ty {
                Some(ty) => format!("{}({})", c.name, spell(resolve, ty)),
                None => c.name.clone(),
            };
            format!("variant{{{}}}", join(variant.cases.iter().map(case).collect()))
        }
        TypeDefKind::Enum(cases) => {
            format!("enum{{{}}}", join(cases.cases.iter().map(|c| c.name.clone()).collect()))
        }
        TypeDefKind::Flags(flags) => {
            format!("flags{{{}}}", join(flags.flags.iter().map(|f| f.name.clone()).collect()))
        }
        other => other.as_str().into(),
    }
}

fn signature(wit: &str, out: &str) -> Result<()> {
    let (resolve, world) = load_world(wit)?;
    let exports: Vec<_> = resolve.worlds[world].exports.values().collect();
    let [WorldItem::Interface { id, .. }] = exports[..] else {
        bail!("the world must export one interface");
    };
    let interface = &resolve.interfaces[*id];
    let functions: Vec<_> = interface.functions.values().collect();
    let [function] = functions[..] else {
        bail!("the exported interface must have one function");
    };
    let parameters: String = function
        .params
        .iter()
        .map(|param| format!("    {{\"{}\", \"{}\"}},\n", param.name, spell(&resolve, &param.ty)))
        .collect();
    let result = function.result.map_or("_".into(), |ty| spell(&resolve, &ty));
    let header = format!(
        "// The signature of wit/extractor.wit, generated at build time.\n#pragma once\n\n\
         #include <array>\n#include <string_view>\n\nnamespace riptide::wasm::wit {{\n\n\
         struct Parameter {{\n    std::string_view name;\n    std::string_view type;\n}};\n\n\
         inline constexpr std::string_view kInterface = \"{}\";\n\
         inline constexpr std::string_view kFunction = \"{}\";\n\
         inline constexpr std::array<Parameter, {}> kParameters = {{{{\n{parameters}}}}};\n\
         inline constexpr std::string_view kResult = \"{result}\";\n\n\
         }}  // namespace riptide::wasm::wit\n",
        resolve.id_of(*id).context("the exported interface has no name")?,
        function.name,
        function.params.len(),
    );
    fs::write(out, header).with_context(|| format!("cannot write {out}"))
}

fn encode(core: &[u8], out: &str) -> Result<()> {
    let core = with_direct_calls(core)?;
    let component = ComponentEncoder::default().validate(true).module(&core)?.encode()?;
    fs::write(out, component).with_context(|| format!("cannot write {out}"))
}

fn encode_text(wit: &str, text: &str, out: &str) -> Result<()> {
    let mut core = wat::parse_file(text)?;
    if wasmparser::Parser::is_component(&core) {
        return fs::write(out, core).with_context(|| format!("cannot write {out}"));
    }
    let (resolve, world) = load_world(wit)?;
    wit_component::embed_component_metadata(&mut core, &resolve, world, StringEncoding::UTF8, false)?;
    encode(&core, out)
}

fn print_wit(component: &str) -> Result<()> {
    let DecodedWasm::Component(resolve, world) = wit_component::decode(&read(component)?)? else {
        bail!("{component} is a WIT package, not a component");
    };
    let package = resolve.worlds[world].package.context("the world has no package")?;
    let mut printer = WitPrinter::default();
    printer.print(&resolve, package, &[])?;
    print!("{}", printer.output);
    Ok(())
}
