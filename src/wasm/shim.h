/// What third_party/wasmtime-shim adds to Wasmtime's C API.
#pragma once

#include <wasm.h>
#include <wasmtime.h>

#include <atomic>

extern "C" {

/// Lets the pooling allocator ask the kernel (PAGEMAP_SCAN, Linux 6.7) which pages are dirty.
void riptide_pooling_pagemap_scan(wasmtime_pooling_allocation_config_t* config, bool enable);

/// Makes an engine or says why not. Takes ownership of `config`. The engine's errors have no
/// backtrace, and its code no tables for one.
wasmtime_error_t* riptide_engine_new(wasm_config_t* config, wasm_engine_t** engine_out);

/// Compiles a component into an artifact, in which the guest can be stopped: its long bulk
/// operations are code of its own.
wasmtime_error_t* riptide_component_compile(const wasm_engine_t* engine, const uint8_t* bytes,
                                            size_t size, wasm_byte_vec_t* artifact_out);

/// Where the guest's own functions are, and an instruction that always traps.
typedef struct riptide_code {
    const uint8_t* begin;
    const uint8_t* end;
    const uint8_t* trap;
} riptide_code_t;

/// A component of an artifact, whose bytes are used where they lie: they begin a page, are not
/// written to any more, and outlive the component and all that was made of it.
wasmtime_error_t* riptide_component_load(const wasm_engine_t* engine, const uint8_t* bytes,
                                         size_t size, wasmtime_component_t** component_out,
                                         riptide_code_t* code_out);

/// The trap code (`wasmtime_trap_code_enum`) inside an error; false when it is no trap.
bool riptide_error_trap_code(const wasmtime_error_t* error, uint8_t* code);

/// What one call may use, and what it used.
typedef struct riptide_call_limits {
    uint64_t memory_limit_bytes;
    uint64_t memory_peak_bytes;  ///< Largest size granted.
    uint64_t denied_growths;     ///< Growths refused because of `memory_limit_bytes`.
    uint64_t committed_bytes;    ///< What all its memories have, now.
    /// The same of all stores that share this gauge, which outlives them.
    std::atomic<uint64_t>* total_committed_bytes;
} riptide_call_limits_t;

/// Borrowed UTF-8; what is not valid is undefined behaviour.
typedef struct riptide_text {
    const char* data;
    size_t size;
} riptide_text_t;

typedef struct riptide_text_list {
    const riptide_text_t* data;
    size_t size;
} riptide_text_list_t;

/// Enumerations are given by position in the contract, here and below.
typedef struct riptide_options {
    riptide_text_t url;
    uint8_t mode;
    uint8_t outputs;
    riptide_text_list_t selectors;
} riptide_options_t;

typedef struct riptide_link {
    riptide_text_t url;
    riptide_text_t text;
    riptide_text_t rel;
} riptide_link_t;

typedef struct riptide_media {
    riptide_text_t url;
    uint8_t kind;
    riptide_text_t alt;
} riptide_media_t;

typedef struct riptide_signal {
    riptide_text_t name;
    riptide_text_t value;
    int32_t weight;
} riptide_signal_t;

typedef struct riptide_block {
    riptide_text_t path;
    riptide_text_t text;
    uint8_t reason;
    uint8_t article_ruling;
    uint8_t whole_ruling;
    uint32_t score;
    struct {
        const riptide_signal_t* data;
        size_t size;
    } signals;
} riptide_block_t;

typedef struct riptide_type_vote {
    uint8_t page_type;
    int32_t weight;
} riptide_type_vote_t;

typedef struct riptide_field_origin {
    uint8_t field;
    uint8_t origin;
} riptide_field_origin_t;

typedef struct riptide_explanation {
    struct {
        const riptide_type_vote_t* data;
        size_t size;
    } type_votes;
    uint32_t threshold;
    struct {
        const uint32_t* data;
        size_t size;
    } attempts;
    bool prefers_article;
    bool declares_article;
    uint32_t article_body_bytes;
    struct {
        const riptide_field_origin_t* data;
        size_t size;
    } origins;
    struct {
        const riptide_block_t* data;
        size_t size;
    } blocks;
} riptide_explanation_t;

typedef struct riptide_document {
    uint8_t status;
    riptide_text_t url;
    riptide_text_t canonical_url;
    riptide_text_t title;
    riptide_text_t byline;
    riptide_text_t published;
    riptide_text_t modified;
    riptide_text_t language;
    riptide_text_t dir;
    riptide_text_t site_name;
    riptide_text_t description;
    riptide_text_t text;
    riptide_text_t markdown;
    riptide_text_t html;
    struct {
        const riptide_link_t* data;
        size_t size;
    } links;
    struct {
        const riptide_media_t* data;
        size_t size;
    } media;
    riptide_text_list_t categories;
    riptide_text_list_t tags;
    uint32_t word_count;
    uint32_t reading_time_minutes;
    uint32_t quality_score;
    uint8_t page_type;
    struct {
        const uint8_t* data;
        size_t size;
    } truncated;
    riptide_text_t tei;
    const riptide_explanation_t* explanation;  ///< Null where there is none.
} riptide_document_t;

/// Exactly one of the two is called; what they are given is valid during the call.
typedef struct riptide_receiver {
    void* data;
    void (*document)(void* data, const riptide_document_t* document);
    void (*error)(void* data, uint8_t position, riptide_text_t detail);
} riptide_receiver_t;

/// A component that was linked (against nothing); shared by threads.
typedef struct riptide_extractor riptide_extractor_t;

/// Links a component whose signature was checked. Borrows its arguments.
wasmtime_error_t* riptide_extractor_new(const wasm_engine_t* engine,
                                        const wasmtime_component_t* component,
                                        riptide_text_t interface, riptide_text_t function,
                                        riptide_extractor_t** out);
void riptide_extractor_delete(riptide_extractor_t* extractor);

/// A store and an instance in it; used by one thread at a time.
typedef struct riptide_slot riptide_slot_t;

/// Instantiates. `limits` stays where it is, and outlives the slot.
wasmtime_error_t* riptide_slot_new(const riptide_extractor_t* extractor,
                                   riptide_call_limits_t* limits, riptide_slot_t** out);
void riptide_slot_delete(riptide_slot_t* slot);

/// The slot's one call.
wasmtime_error_t* riptide_slot_call(riptide_slot_t* slot, riptide_text_t html,
                                    const riptide_options_t* options,
                                    const riptide_receiver_t* receiver);

}  // extern "C"
