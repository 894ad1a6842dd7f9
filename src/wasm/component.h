/// A component, compiled and checked, ready to be instantiated.
#pragma once

#include <riptide/config.h>
#include <riptide/error.h>
#include <riptide/metrics.h>

#include <span>
#include <string>
#include <vector>

#include "wasm/aot_cache.h"
#include "wasm/engine.h"

namespace riptide::wasm {

/// The bytes of a component: a file's, which it holds, or built-in ones.
class ComponentBytes {
public:
    explicit ComponentBytes(std::vector<std::uint8_t> file)
        : file_(std::move(file)), view_(file_) {}
    explicit ComponentBytes(std::span<const std::uint8_t> builtin) : view_(builtin) {}
    ComponentBytes(ComponentBytes&&) = default;  // a vector's elements stay where they are

    [[nodiscard]] std::span<const std::uint8_t> view() const { return view_; }

private:
    std::vector<std::uint8_t> file_;
    std::span<const std::uint8_t> view_;
};

/// What the configuration asks for: a file, or a built-in component. Error: `kEngineStart` when the
/// file cannot be read.
Result<ComponentBytes> component_bytes(const ExtractorConfig& config);

/// Shared by all threads; lives no longer than its engine, and longer than all slots made of it.
class Component {
public:
    /// Compiles `bytes`, or loads what was compiled before, and checks the result against the
    /// contract. `cache` may be null. Error: `kEngineStart` with a sentence.
    static Result<Component> load(const Engine& engine, std::span<const std::uint8_t> bytes,
                                  const AotCache* cache);

    [[nodiscard]] const wasmtime_component_t& get() const { return *component_; }
    [[nodiscard]] const riptide_extractor_t& extractor() const { return *extractor_; }
    [[nodiscard]] const riptide_code_t& code() const { return code_; }
    /// The compiled form.
    [[nodiscard]] std::span<const std::uint8_t> artifact() const { return artifact_.bytes(); }
    [[nodiscard]] AotResult aot_result() const { return aot_result_; }
    /// Why the cache was not used, or empty.
    [[nodiscard]] const std::string& aot_detail() const { return aot_detail_; }

private:
    static Result<Component> load_artifact(const Engine& engine, Artifact artifact);
    explicit Component(Artifact artifact) : artifact_(std::move(artifact)) {}
    Result<void> link(const Engine& engine);

    Artifact artifact_;  // holds the code, so it goes last
    riptide_code_t code_{};
    ComponentHandle component_;
    ExtractorHandle extractor_;
    AotResult aot_result_ = AotResult::kDisabled;
    std::string aot_detail_;
};

}  // namespace riptide::wasm
