//! Instances of the extractor, called with static types.
//!
//! Wasmtime's C API has neither pre-linked instances nor typed calls: each of its calls builds and
//! frees a tree of values on the heap.

#![allow(non_camel_case_types)] // the names are those of the C declarations

use std::ffi::c_void;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::{ptr, slice, str};

use wasmtime::component::{Component, ComponentExportIndex, Func, InstancePre, Linker, TypedFunc};
use wasmtime::{Engine, Error, ResourceLimiter, Result, Store, format_err};
use wasmtime_c_api::{wasm_engine_t, wasmtime_component_t, wasmtime_error_t};

wasmtime::component::bindgen!({ path: "../../wit", world: "extractor" });

use exports::riptide::extractor::extraction as wit;

type Outcome = std::result::Result<wit::Document, wit::Error>;
type Extract<'a> = TypedFunc<(&'a str, &'a wit::Options), (Outcome,)>;

/// What one call may use, and what it used; owned by the host, which keeps it alive and in place as
/// long as the slot.
#[repr(C)]
pub struct riptide_call_limits_t {
    memory_limit_bytes: u64,
    memory_peak_bytes: u64,
    denied_growths: u64,
    /// Of this call's memories, and of all that share the gauge.
    committed_bytes: u64,
    total_committed_bytes: *const AtomicU64,
}

// The gauge it points to is atomic, and the rest is its slot's.
unsafe impl Send for riptide_call_limits_t {}
unsafe impl Sync for riptide_call_limits_t {}

const MAX_TABLE_ELEMENTS: usize = 10_000;

impl ResourceLimiter for riptide_call_limits_t {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> Result<bool> {
        let (current, desired) = (current as u64, desired as u64);
        if desired > self.memory_limit_bytes {
            self.denied_growths += 1;
            return Ok(false);
        }
        self.memory_peak_bytes = self.memory_peak_bytes.max(desired);
        self.committed_bytes += desired - current;
        unsafe { &*self.total_committed_bytes }.fetch_add(desired - current, Relaxed);
        Ok(true)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> Result<bool> {
        Ok(desired <= MAX_TABLE_ELEMENTS)
    }
}

struct Limits(*mut riptide_call_limits_t);
unsafe impl Send for Limits {}
unsafe impl Sync for Limits {}

impl Drop for Limits {
    /// With the store, its memories go.
    fn drop(&mut self) {
        let limits = unsafe { &*self.0 };
        unsafe { &*limits.total_committed_bytes }.fetch_sub(limits.committed_bytes, Relaxed);
    }
}

/// A component that was linked (against nothing), and where its one export is.
pub struct riptide_extractor_t {
    instance_pre: InstancePre<Limits>,
    extract: ComponentExportIndex,
    /// Whether the function's type was found right in an instance, and so is in all of them.
    is_checked: AtomicBool,
}

/// A store and the instance in it.
pub struct riptide_slot_t {
    store: Store<Limits>,
    extract: Func,
}

/// Borrowed UTF-8.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct riptide_text_t {
    data: *const u8,
    size: usize,
}

impl riptide_text_t {
    fn of(text: &str) -> Self {
        Self { data: text.as_ptr(), size: text.len() }
    }

    /// The host passes valid UTF-8 only.
    unsafe fn as_str<'a>(self) -> &'a str {
        if self.size == 0 {
            ""
        } else {
            unsafe { str::from_utf8_unchecked(slice::from_raw_parts(self.data, self.size)) }
        }
    }
}

#[repr(C)]
pub struct riptide_list_t<T> {
    data: *const T,
    size: usize,
}

impl<T> riptide_list_t<T> {
    fn of(items: &[T]) -> Self {
        Self { data: items.as_ptr(), size: items.len() }
    }
}

#[repr(C)]
pub struct riptide_options_t {
    url: riptide_text_t,
    mode: u8,
    outputs: u8,
    selectors: riptide_list_t<riptide_text_t>,
}

#[repr(C)]
pub struct riptide_link_t {
    url: riptide_text_t,
    text: riptide_text_t,
    rel: riptide_text_t,
}

#[repr(C)]
pub struct riptide_media_t {
    url: riptide_text_t,
    kind: u8,
    alt: riptide_text_t,
}

#[repr(C)]
pub struct riptide_signal_t {
    name: riptide_text_t,
    value: riptide_text_t,
    weight: i32,
}

#[repr(C)]
pub struct riptide_block_t {
    path: riptide_text_t,
    text: riptide_text_t,
    reason: u8,
    article_ruling: u8,
    whole_ruling: u8,
    score: u32,
    signals: riptide_list_t<riptide_signal_t>,
}

#[repr(C)]
pub struct riptide_type_vote_t {
    page_type: u8,
    weight: i32,
}

#[repr(C)]
pub struct riptide_field_origin_t {
    field: u8,
    origin: u8,
}

#[repr(C)]
pub struct riptide_explanation_t {
    type_votes: riptide_list_t<riptide_type_vote_t>,
    threshold: u32,
    attempts: riptide_list_t<u32>,
    prefers_article: bool,
    declares_article: bool,
    article_body_bytes: u32,
    origins: riptide_list_t<riptide_field_origin_t>,
    blocks: riptide_list_t<riptide_block_t>,
}

/// A document as a view; enumerators by their position in the contract.
#[repr(C)]
pub struct riptide_document_t {
    status: u8,
    url: riptide_text_t,
    canonical_url: riptide_text_t,
    title: riptide_text_t,
    byline: riptide_text_t,
    published: riptide_text_t,
    modified: riptide_text_t,
    language: riptide_text_t,
    dir: riptide_text_t,
    site_name: riptide_text_t,
    description: riptide_text_t,
    text: riptide_text_t,
    markdown: riptide_text_t,
    html: riptide_text_t,
    links: riptide_list_t<riptide_link_t>,
    media: riptide_list_t<riptide_media_t>,
    categories: riptide_list_t<riptide_text_t>,
    tags: riptide_list_t<riptide_text_t>,
    word_count: u32,
    reading_time_minutes: u32,
    quality_score: u32,
    page_type: u8,
    truncated: riptide_list_t<u8>,
    tei: riptide_text_t,
    /// Null where there is none.
    explanation: *const riptide_explanation_t,
}

/// Exactly one of the two is called; what they are given is valid during the call.
#[repr(C)]
pub struct riptide_receiver_t {
    data: *mut c_void,
    document: extern "C" fn(*mut c_void, &riptide_document_t),
    /// A typed error by its position in the contract, and its detail.
    error: extern "C" fn(*mut c_void, u8, riptide_text_t),
}

/// Links a component whose types the host has checked. Borrows its arguments.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn riptide_extractor_new(
    engine: *const wasm_engine_t,
    component: *const wasmtime_component_t,
    interface: riptide_text_t,
    function: riptide_text_t,
    out: &mut *mut riptide_extractor_t,
) -> Option<Box<wasmtime_error_t>> {
    let engine = unsafe { &*engine.cast::<Engine>() };
    let component = unsafe { &*component.cast::<Component>() };
    let (interface, function) = unsafe { (interface.as_str(), function.as_str()) };
    let prepare = || -> Result<riptide_extractor_t> {
        let instance_pre = Linker::new(engine).instantiate_pre(component)?;
        let extract = component
            .get_export_index(None, interface)
            .and_then(|interface| component.get_export_index(Some(&interface), function))
            .ok_or_else(|| format_err!("the component does not export {interface}#{function}"))?;
        Ok(riptide_extractor_t { instance_pre, extract, is_checked: AtomicBool::new(false) })
    };
    hand_over(prepare(), out)
}

#[unsafe(no_mangle)]
pub extern "C" fn riptide_extractor_delete(_: Box<riptide_extractor_t>) {}

/// Makes a store under `limits` and an instance in it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn riptide_slot_new(
    extractor: &riptide_extractor_t,
    limits: *mut riptide_call_limits_t,
    out: &mut *mut riptide_slot_t,
) -> Option<Box<wasmtime_error_t>> {
    let instantiate = || -> Result<riptide_slot_t> {
        let mut store = Store::new(extractor.instance_pre.engine(), Limits(limits));
        store.limiter(|limits| unsafe { &mut *limits.0 });
        let instance = extractor.instance_pre.instantiate(&mut store)?;
        let extract = instance
            .get_func(&mut store, &extractor.extract)
            .ok_or_else(|| format_err!("the instance lacks its export"))?;
        if !extractor.is_checked.load(Relaxed) {
            extract.typed::<(&str, &wit::Options), (Outcome,)>(&store)?;
            extractor.is_checked.store(true, Relaxed);
        }
        Ok(riptide_slot_t { store, extract })
    };
    hand_over(instantiate(), out)
}

#[unsafe(no_mangle)]
pub extern "C" fn riptide_slot_delete(_: Box<riptide_slot_t>) {}

/// The slot's one call. Every text must be valid UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn riptide_slot_call(
    slot: &mut riptide_slot_t,
    html: riptide_text_t,
    options: &riptide_options_t,
    receiver: &riptide_receiver_t,
) -> Option<Box<wasmtime_error_t>> {
    // The function's type was checked when the extractor's first slot was made.
    let extract: Extract = unsafe { TypedFunc::new_unchecked(slot.extract) };
    let (html, options) = unsafe { (html.as_str(), options_from(options)) };
    match extract.call(&mut slot.store, (html, &options)) {
        Ok((Ok(document),)) => give_document(&document, receiver),
        Ok((Err(error),)) => give_error(&error, receiver),
        Err(error) => return Some(Box::new(wasmtime_error_t::from(error))),
    }
    None
}

unsafe fn options_from(options: &riptide_options_t) -> wit::Options {
    let mode = match options.mode {
        0 => wit::Mode::Article,
        1 => wit::Mode::Full,
        2 => wit::Mode::Metadata,
        _ => {
            let riptide_list_t { data, size } = options.selectors;
            let selectors =
                if size == 0 { &[] } else { unsafe { slice::from_raw_parts(data, size) } };
            wit::Mode::Custom(
                selectors.iter().map(|text| unsafe { text.as_str() }.to_owned()).collect(),
            )
        }
    };
    let mut outputs = wit::Outputs::empty();
    let all = [
        wit::Outputs::TEXT,
        wit::Outputs::MARKDOWN,
        wit::Outputs::HTML,
        wit::Outputs::LINKS,
        wit::Outputs::MEDIA,
        wit::Outputs::TEI,
        wit::Outputs::EXPLANATION,
    ];
    for (bit, output) in all.into_iter().enumerate() {
        if options.outputs & (1 << bit) != 0 {
            outputs |= output;
        }
    }
    wit::Options { url: unsafe { options.url.as_str() }.to_owned(), mode, outputs }
}

fn give_document(document: &wit::Document, receiver: &riptide_receiver_t) {
    let texts = |texts: &[String]| -> Vec<riptide_text_t> {
        texts.iter().map(|text| riptide_text_t::of(text)).collect()
    };
    let links: Vec<_> = document
        .links
        .iter()
        .map(|link| riptide_link_t {
            url: riptide_text_t::of(&link.url),
            text: riptide_text_t::of(&link.text),
            rel: riptide_text_t::of(&link.rel),
        })
        .collect();
    let media: Vec<_> = document
        .media
        .iter()
        .map(|media| riptide_media_t {
            url: riptide_text_t::of(&media.url),
            kind: media.kind as u8,
            alt: riptide_text_t::of(&media.alt),
        })
        .collect();
    let categories = texts(&document.categories);
    let tags = texts(&document.tags);
    let truncated: Vec<_> = document.truncated.iter().map(|cut| *cut as u8).collect();
    let explanation = document.explanation.as_ref().map(ExplanationView::of);
    let explanation = explanation.as_ref().map(ExplanationView::whole);
    let view = riptide_document_t {
        status: document.status as u8,
        url: riptide_text_t::of(&document.url),
        canonical_url: riptide_text_t::of(&document.canonical_url),
        title: riptide_text_t::of(&document.title),
        byline: riptide_text_t::of(&document.byline),
        published: riptide_text_t::of(&document.published),
        modified: riptide_text_t::of(&document.modified),
        language: riptide_text_t::of(&document.language),
        dir: riptide_text_t::of(&document.dir),
        site_name: riptide_text_t::of(&document.site_name),
        description: riptide_text_t::of(&document.description),
        text: riptide_text_t::of(&document.text),
        markdown: riptide_text_t::of(&document.markdown),
        html: riptide_text_t::of(&document.html),
        links: riptide_list_t::of(&links),
        media: riptide_list_t::of(&media),
        categories: riptide_list_t::of(&categories),
        tags: riptide_list_t::of(&tags),
        word_count: document.word_count,
        reading_time_minutes: document.reading_time_minutes,
        quality_score: document.quality_score,
        page_type: document.page_type as u8,
        truncated: riptide_list_t::of(&truncated),
        tei: riptide_text_t::of(&document.tei),
        explanation: explanation.as_ref().map_or(ptr::null(), ptr::from_ref),
    };
    (receiver.document)(receiver.data, &view);
}

/// The lists that a view of an explanation points into.
struct ExplanationView<'a> {
    explanation: &'a wit::Explanation,
    type_votes: Vec<riptide_type_vote_t>,
    origins: Vec<riptide_field_origin_t>,
    blocks: Vec<riptide_block_t>,
    /// Of the blocks, in the same order.
    _signals: Vec<Vec<riptide_signal_t>>,
}

impl<'a> ExplanationView<'a> {
    fn of(explanation: &'a wit::Explanation) -> Self {
        let signals: Vec<Vec<_>> = explanation
            .blocks
            .iter()
            .map(|block| {
                let view = |signal: &wit::Signal| riptide_signal_t {
                    name: riptide_text_t::of(&signal.name),
                    value: riptide_text_t::of(&signal.value),
                    weight: signal.weight,
                };
                block.signals.iter().map(view).collect()
            })
            .collect();
        let block = |(block, signals): (&wit::ExplainedBlock, &Vec<_>)| riptide_block_t {
            path: riptide_text_t::of(&block.path),
            text: riptide_text_t::of(&block.text),
            reason: block.reason as u8,
            article_ruling: block.article_ruling as u8,
            whole_ruling: block.whole_ruling as u8,
            score: block.score,
            signals: riptide_list_t::of(signals),
        };
        let vote = |vote: &wit::TypeVote| riptide_type_vote_t {
            page_type: vote.page_type as u8,
            weight: vote.weight,
        };
        let origin = |origin: &wit::FieldOrigin| riptide_field_origin_t {
            field: origin.field as u8,
            origin: origin.origin as u8,
        };
        Self {
            explanation,
            type_votes: explanation.type_votes.iter().map(vote).collect(),
            origins: explanation.origins.iter().map(origin).collect(),
            blocks: explanation.blocks.iter().zip(&signals).map(block).collect(),
            _signals: signals,
        }
    }

    fn whole(&self) -> riptide_explanation_t {
        riptide_explanation_t {
            type_votes: riptide_list_t::of(&self.type_votes),
            threshold: self.explanation.threshold,
            attempts: riptide_list_t::of(&self.explanation.attempts),
            prefers_article: self.explanation.prefers_article,
            declares_article: self.explanation.declares_article,
            article_body_bytes: self.explanation.article_body_bytes,
            origins: riptide_list_t::of(&self.origins),
            blocks: riptide_list_t::of(&self.blocks),
        }
    }
}

fn give_error(error: &wit::Error, receiver: &riptide_receiver_t) {
    let (position, detail) = match error {
        wit::Error::InvalidHtml(detail) => (0, detail),
        wit::Error::ParseError(detail) => (1, detail),
        wit::Error::ResourceLimit(detail) => (2, detail),
        wit::Error::UnsupportedMode(detail) => (3, detail),
        wit::Error::InternalError(detail) => (4, detail),
    };
    (receiver.error)(receiver.data, position, riptide_text_t::of(detail));
}

fn hand_over<T>(made: Result<T, Error>, out: &mut *mut T) -> Option<Box<wasmtime_error_t>> {
    match made {
        Ok(value) => {
            *out = Box::into_raw(Box::new(value));
            None
        }
        Err(error) => {
            *out = ptr::null_mut();
            Some(Box::new(wasmtime_error_t::from(error)))
        }
    }
}
