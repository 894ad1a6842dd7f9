/// A component, compiled and checked, ready to be instantiated.
#pragma once

#include <riptide/config.h>
#include <riptide/error.h>

#include <span>
#include <string>
#include <vector>

#include "wasm/aot_cache.h"
#include "wasm/engine.h"

namespace riptide::wasm {

/// How a compiled component came to be.
enum class AotResult {
    kHit,       ///< Loaded from the cache.
    kMiss,      ///< Compiled, and stored in the cache.
    kRejected,  ///< Compiled, because the cache's entry was not usable.
    kDisabled,  ///< Compiled; there is no cache, or it cannot be used.
};

/// The bytes of the component the configuration asks for: its file, or a built-in one.
/// Error: `kEngineStart` when the file cannot be read.
Result<std::vector<std::uint8_t>> component_bytes(const ExtractorConfig& config);

/// Shared by all threads; lives no longer than its engine.
class Component {
public:
    /// Compiles `bytes`, or loads what was compiled before, and checks the result against the
    /// contract. `cache` may be null. Error: `kEngineStart` with a sentence.
    static Result<Component> load(const Engine& engine, std::span<const std::uint8_t> bytes,
                                  const AotCache* cache);

    [[nodiscard]] const wasmtime_component_t& get() const { return *component_; }
    [[nodiscard]] const wasmtime_component_linker_t& linker() const { return *linker_; }
    [[nodiscard]] const wasmtime_component_export_index_t& extract_index() const {
        return *extract_index_;
    }
    [[nodiscard]] AotResult aot_result() const { return aot_result_; }
    /// Why the cache was not used, or empty.
    [[nodiscard]] const std::string& aot_detail() const { return aot_detail_; }

    /// The compiled form. Error: `kHost`.
    [[nodiscard]] Result<std::vector<std::uint8_t>> serialize() const;

private:
    Component() = default;
    Result<void> prepare(const Engine& engine);

    ComponentHandle component_;
    LinkerHandle linker_;
    ExportIndexHandle extract_index_;
    AotResult aot_result_ = AotResult::kDisabled;
    std::string aot_detail_;
};

}  // namespace riptide::wasm
