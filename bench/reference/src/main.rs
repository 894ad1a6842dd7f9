//! `reference ARM COMPONENT LIST PASSES`: the extractor's component, run by Wasmtime's own Rust
//! interface, to compare the host in C++ with.
//!
//! The arms, all with a fresh store for each call and one thread:
//! - `pooled`: what Wasmtime's documentation advises: pooling allocator, memory that stays resident,
//!   a component that was linked before, typed calls, and an epoch deadline;
//! - `pooled-no-epochs`: the same without deadlines, so that guests run unchecked;
//! - `naive`: an engine as it comes, with epochs; linked and instantiated for each request.
//!
//! Reads and prints what `bench/arm_bench.cpp` does, and its documents must have the same hash.

mod arms;
mod hash;

use std::time::{Duration, Instant};
use std::{env, error, fs, process};

use arms::{Arm, Naive, Pooled};

type Result<T> = std::result::Result<T, Box<dyn error::Error>>;

fn main() {
    if let Err(error) = run() {
        eprintln!("reference: {error}");
        process::exit(1);
    }
}

fn run() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [arm, component, list, passes] = arguments.as_slice() else {
        return Err("usage: reference pooled|pooled-no-epochs|naive COMPONENT LIST PASSES".into());
    };
    let pages = read_pages(list)?;
    let passes: usize = passes.parse()?;
    let start = Instant::now();
    let component = fs::read(component)?;
    let arm: Box<dyn Arm> = match arm.as_str() {
        "pooled" => Box::new(Pooled::new(&component, true)?),
        "pooled-no-epochs" => Box::new(Pooled::new(&component, false)?),
        "naive" => Box::new(Naive::new(&component)?),
        _ => return Err(format!("there is no arm {arm}").into()),
    };
    measure(arm.as_ref(), start, &pages, passes)
}

/// The pages of a list with a path per line.
fn read_pages(list: &str) -> Result<Vec<String>> {
    let mut pages = Vec::new();
    for path in fs::read_to_string(list)?.lines() {
        pages.push(String::from_utf8_lossy(&fs::read(path)?).into_owned());
    }
    if pages.is_empty() {
        return Err(format!("no pages in {list}").into());
    }
    Ok(pages)
}

fn measure(arm: &dyn Arm, start: Instant, pages: &[String], passes: usize) -> Result<()> {
    let mut digest = hash::Digest::new();
    for (at, page) in pages.iter().enumerate() {
        hash::document(&mut digest, &arm.call(page)?);
        if at == 0 {
            println!("start_ms {:.2}", start.elapsed().as_secs_f64() * 1e3);
        }
    }
    let mut times = Vec::with_capacity(passes * pages.len());
    for _ in 0..passes {
        for page in pages {
            let begin = Instant::now();
            let document = arm.call(page)?;
            drop(document);
            times.push(begin.elapsed());
        }
    }
    times.sort();
    let total: Duration = times.iter().sum();
    let microseconds = |time: Duration| time.as_secs_f64() * 1e6;
    let quantile = |q: f64| {
        let rank = (q * times.len() as f64) as usize;
        times.get(rank.min(times.len().saturating_sub(1))).copied().unwrap_or_default()
    };
    println!("calls {}", times.len());
    println!("call_us.mean {:.2}", microseconds(total) / times.len().max(1) as f64);
    println!("call_us.p50 {:.2}", microseconds(quantile(0.5)));
    println!("call_us.p99 {:.2}", microseconds(quantile(0.99)));
    println!("hash {:016x}", digest.value());
    Ok(())
}
