//! The ways to run the component that are compared.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use wasmtime::component::{Component, Linker};
use wasmtime::{
    Config, Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Result, Store,
    StoreLimits, StoreLimitsBuilder, format_err,
};

wasmtime::component::bindgen!({ path: "../../wit", world: "extractor" });

pub use exports::riptide::extractor::extraction as wit;

/// The bounds and sizes of riptide's own engine (`src/wasm/engine.cpp`).
const MEMORY_LIMIT_BYTES: usize = 256 << 20;
const KEEP_RESIDENT_BYTES: usize = 32 << 20;
const TABLE_KEEP_RESIDENT_BYTES: usize = 64 << 10;
const INSTANCES: u32 = 11;
const TICK: Duration = Duration::from_millis(1);
const DEADLINE_TICKS: u64 = 30_000;

pub trait Arm {
    /// One page in a store of its own, which is gone when this returns.
    fn call(&self, html: &str) -> Result<wit::Document>;
}

pub struct Pooled {
    component: ExtractorPre<StoreLimits>,
    ticker: Option<Ticker>,
}

impl Pooled {
    pub fn new(component: &[u8], epochs: bool) -> Result<Self> {
        let mut pool = PoolingAllocationConfig::default();
        pool.total_component_instances(INSTANCES)
            .total_core_instances(4 * INSTANCES)
            .total_memories(INSTANCES)
            .total_tables(INSTANCES)
            .max_memory_size(MEMORY_LIMIT_BYTES)
            .linear_memory_keep_resident(KEEP_RESIDENT_BYTES)
            .table_keep_resident(TABLE_KEEP_RESIDENT_BYTES)
            .pagemap_scan(Enabled::Auto);
        let mut config = Config::new();
        config
            .epoch_interruption(epochs)
            .concurrency_support(false)
            .allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
        let engine = Engine::new(&config)?;
        let component = Component::new(&engine, component)?;
        let component = ExtractorPre::new(Linker::new(&engine).instantiate_pre(&component)?)?;
        Ok(Self { component, ticker: epochs.then(|| Ticker::start(engine)) })
    }
}

impl Arm for Pooled {
    fn call(&self, html: &str) -> Result<wit::Document> {
        let mut store = limited_store(self.component.engine());
        if self.ticker.is_some() {
            store.set_epoch_deadline(DEADLINE_TICKS);
        }
        let instance = self.component.instantiate(&mut store)?;
        extract(&instance, &mut store, html)
    }
}

pub struct Naive {
    engine: Engine,
    component: Component,
    _ticker: Ticker,
}

impl Naive {
    pub fn new(component: &[u8]) -> Result<Self> {
        let mut config = Config::new();
        config.epoch_interruption(true);
        let engine = Engine::new(&config)?;
        let component = Component::new(&engine, component)?;
        let _ticker = Ticker::start(engine.clone());
        Ok(Self { engine, component, _ticker })
    }
}

impl Arm for Naive {
    fn call(&self, html: &str) -> Result<wit::Document> {
        let mut store = limited_store(&self.engine);
        store.set_epoch_deadline(DEADLINE_TICKS);
        let linker = Linker::new(&self.engine);
        let instance = Extractor::instantiate(&mut store, &self.component, &linker)?;
        extract(&instance, &mut store, html)
    }
}

fn limited_store(engine: &Engine) -> Store<StoreLimits> {
    let limits = StoreLimitsBuilder::new().memory_size(MEMORY_LIMIT_BYTES).build();
    let mut store = Store::new(engine, limits);
    store.limiter(|limits| limits);
    store
}

fn extract(
    instance: &Extractor,
    store: &mut Store<StoreLimits>,
    html: &str,
) -> Result<wit::Document> {
    let outputs = wit::Outputs::TEXT
        | wit::Outputs::MARKDOWN
        | wit::Outputs::HTML
        | wit::Outputs::LINKS
        | wit::Outputs::MEDIA;
    let options = wit::Options { url: String::new(), mode: wit::Mode::Article, outputs };
    instance
        .riptide_extractor_extraction()
        .call_extract(store, html, &options)?
        .map_err(|error| format_err!("the guest refused a page: {error:?}"))
}

/// Advances an engine's epoch until it is dropped.
struct Ticker {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Ticker {
    fn start(engine: Engine) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let thread = thread::spawn(move || {
            while !stopped.load(Relaxed) {
                thread::sleep(TICK);
                engine.increment_epoch();
            }
        });
        Self { stop, thread: Some(thread) }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.stop.store(true, Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
