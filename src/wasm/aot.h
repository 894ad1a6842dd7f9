/// Compiling a component ahead of time.
#pragma once

#include <riptide/config.h>
#include <riptide/error.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace riptide::wasm {

struct CompiledArtifact {
    std::string path;
    std::uint64_t bytes = 0;
    bool was_cached = false;
    std::chrono::milliseconds took{};
};

/// Compiles and checks the configured component and stores the result in the AOT cache, or at
/// `output_path` when that is not empty. Errors: `kEngineStart`, `kIo`.
Result<CompiledArtifact> compile_component(const ExtractorConfig& config,
                                           const std::string& output_path);

}  // namespace riptide::wasm
