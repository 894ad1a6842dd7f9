/// What the calls of one pool share: engine, component and warm slots (R1).
#pragma once

#include <riptide/config.h>
#include <riptide/error.h>
#include <riptide/metrics.h>

#include <array>
#include <atomic>
#include <memory>
#include <string>

#include "pool/warm_pool.h"
#include "wasm/component.h"
#include "wasm/engine.h"

namespace riptide {

/// Made once per pool, and shared by all its threads.
class Runtime {
public:
    /// Brings the engine up and warms the first slots. Error: `kEngineStart`, with a sentence that
    /// says what is wrong (component file, its exports or imports, address space, ...).
    static Result<std::unique_ptr<Runtime>> create(const ExtractorConfig& config);

    [[nodiscard]] WarmPool& slots() const { return *slots_; }
    [[nodiscard]] const wasm::Engine& engine() const { return engine_; }
    /// Components loaded so far, by how.
    [[nodiscard]] std::array<std::uint64_t, kAotResults> aot_results() const;

    /// Extracts the canary page in a fresh store. Error: what a small page that is well formed came
    /// to: it is the engine's, or the component's, fault.
    [[nodiscard]] Result<void> try_canary() const;

    /// Runs the component of that file (the built-in one when empty) from now on, if it is one and
    /// gets the canary right; otherwise nothing changes. Calls that have begun end with the
    /// component they began with. Error: `kEngineStart`.
    Result<void> reload(const std::string& component_path);

private:
    Runtime(const ExtractorConfig& config, wasm::Engine engine)
        : config_(config), engine_(std::move(engine)) {}

    [[nodiscard]] Result<std::shared_ptr<const wasm::Component>> load(
        const std::string& component_path) const;

    const ExtractorConfig config_;
    mutable std::array<std::atomic<std::uint64_t>, kAotResults> aot_results_{};
    wasm::Engine engine_;
    std::unique_ptr<WarmPool> slots_;  // goes before the engine
};

}  // namespace riptide
