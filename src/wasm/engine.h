/// The Wasmtime engine: one per pool, made once.
#pragma once

#include <riptide/config.h>
#include <riptide/error.h>

#include <atomic>
#include <memory>

#include "wasm/handles.h"
#include "wasm/ticker.h"

namespace riptide::wasm {

/// How an engine allocates and compiles; derived from the configuration in one place.
struct EngineSettings {
    std::uint32_t instances;
    std::uint64_t memory_limit_bytes;  ///< A multiple of the 64 KiB wasm page.
    std::uint64_t keep_resident_bytes;
    enum class DirtyPages { kAssumeAll, kAskKernel } dirty_pages;
    /// What compiled code depends on beside Wasmtime's version and the CPU: part of the AOT
    /// cache's key.
    [[nodiscard]] std::string code_settings() const;
    /// Addresses that the engine reserves, some GiB for each instance. They are no memory.
    [[nodiscard]] Bytes address_space() const;
};

/// Instances beside `max_pool_size`: while that many calls run, one store can be destroyed, one
/// made and one tried with a canary.
inline constexpr std::uint32_t kSpareInstances = 3;

/// Pure but for one question to the kernel: whether it knows PAGEMAP_SCAN.
EngineSettings engine_settings(const ExtractorConfig& config);

/// True when the kernel can tell the dirty pages of a mapping (Linux 6.7).
bool kernel_has_pagemap_scan();

/// An engine with pooling allocator and copy-on-write images, and the ticker that looks after its
/// guests. Shared by all threads.
class Engine {
public:
    /// Error: `kEngineStart`, saying how much address space was refused when that is the reason.
    static Result<Engine> create(const EngineSettings& settings);

    /// One that compiles what the others run, in the calling thread alone; theirs use a thread for
    /// each processor, and end the process when they get none. Error: `kEngineStart`.
    static Result<EngineHandle> lone_compiler();

    [[nodiscard]] wasm_engine_t& get() const { return *engine_; }
    [[nodiscard]] const EngineSettings& settings() const { return settings_; }
    /// Linear memory of all stores, now, in bytes.
    [[nodiscard]] std::atomic<std::uint64_t>& committed() const { return *committed_; }
    [[nodiscard]] const Ticker& ticker() const { return *ticker_; }

private:
    Engine(EngineHandle engine, const EngineSettings& settings, std::unique_ptr<Ticker> ticker);

    EngineSettings settings_;
    std::unique_ptr<std::atomic<std::uint64_t>> committed_;
    EngineHandle engine_;
    std::unique_ptr<Ticker> ticker_;
};

}  // namespace riptide::wasm
