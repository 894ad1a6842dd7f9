#include "wasm/aot.h"

#include "wasm/component.h"

namespace riptide::wasm {

Result<CompiledArtifact> compile_component(const ExtractorConfig& config,
                                           const std::string& output_path) {
    const auto start = std::chrono::steady_clock::now();
    Result<Engine> engine = Engine::create(engine_settings(config));
    if (!engine) return tl::unexpected(std::move(engine.error()));
    const Result<ComponentBytes> bytes = component_bytes(config);
    if (!bytes) return tl::unexpected(bytes.error());
    const bool to_cache = output_path.empty();
    Result<AotCache> cache =
        to_cache ? AotCache::open(config.aot_cache_directory) : fail(ErrorClass::kIo, "");
    if (to_cache && !cache) return tl::unexpected(std::move(cache.error()));
    const Result<Component> component =
        Component::load(*engine, bytes->view(), to_cache ? &*cache : nullptr);
    if (!component) return tl::unexpected(component.error());
    if (to_cache && component->aot_result() == AotResult::kDisabled) {
        return fail(ErrorClass::kIo, component->aot_detail());
    }
    const ArtifactKey key = artifact_key(bytes->view(), engine->settings().code_settings());
    if (!to_cache) {
        if (Result<void> written = write_artifact(output_path, key, component->artifact());
            !written) {
            return tl::unexpected(std::move(written.error()));
        }
    }
    CompiledArtifact out;
    out.path = to_cache ? cache->path_of(key) : output_path;
    out.bytes = component->artifact().size();
    out.was_cached = component->aot_result() == AotResult::kHit;
    out.took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - start);
    return out;
}

}  // namespace riptide::wasm
