//! `componentize bindings WIT DIR`: C bindings for the guest.
//! `componentize encode CORE OUT`: the component of a core module built with those bindings.
//! `componentize wat WIT WAT OUT`: the component of a core module written as text, for tests.
//! `componentize wit COMPONENT`: the component's world, as WIT.

use anyhow::{Context, Result, bail};
use std::{env, fs, path::Path};
use wit_bindgen_core::Files;
use wit_component::{ComponentEncoder, DecodedWasm, StringEncoding, WitPrinter};
use wit_parser::{Resolve, WorldId};

fn main() -> Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["bindings", wit, out] => bindings(wit, out),
        ["encode", core, out] => encode(&read(core)?, out),
        ["wat", wit, text, out] => encode_text(wit, text, out),
        ["wit", component] => print_wit(component),
        _ => bail!("usage: componentize bindings WIT DIR | encode CORE OUT | wat WIT WAT OUT | wit COMPONENT"),
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

fn encode(core: &[u8], out: &str) -> Result<()> {
    let component = ComponentEncoder::default().validate(true).module(core)?.encode()?;
    fs::write(out, component).with_context(|| format!("cannot write {out}"))
}

fn encode_text(wit: &str, text: &str, out: &str) -> Result<()> {
    let mut core = wat::parse_file(text)?;
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
