#include "wasm/probe.h"

#include <chrono>

#include "wasm/component.h"

namespace riptide::wasm {
namespace {

SandboxProbe probe_pagemap_scan() {
    return kernel_has_pagemap_scan()
               ? SandboxProbe{"pagemap_scan", true, "the kernel tells which pages a call touched"}
               : SandboxProbe{"pagemap_scan", false,
                              "the kernel is older than Linux 6.7: calls work, and resetting their "
                              "memory costs more"};
}

SandboxProbe probe_cache(const ExtractorConfig& config, const Result<AotCache>& cache) {
    if (!config.enable_aot_cache) {
        return {"cache directory", false,
                "switched off (RIPTIDE_WASM_ENABLE_AOT_CACHE): every start compiles"};
    }
    if (!cache) {
        return {"cache directory", false, cache.error().detail + "; every start compiles"};
    }
    return {"cache directory", true, cache->directory()};
}

std::string describe(const Component& component, std::chrono::steady_clock::duration took) {
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
    const std::string how =
        component.aot_result() == AotResult::kHit ? "loaded from the cache" : "compiled";
    const std::string& detail = component.aot_detail();
    return how + " in " + std::to_string(milliseconds) + " ms" +
           (detail.empty() ? detail : " (" + detail + ")");
}

SandboxProbe probe_component(const ExtractorConfig& config, const AotCache* cache) {
    const auto start = std::chrono::steady_clock::now();
    const auto refused = [](const Error& error) {
        return SandboxProbe{"component", false, error.detail};
    };
    const Result<ComponentBytes> bytes = component_bytes(config);
    if (!bytes) return refused(bytes.error());
    const Result<Engine> engine = Engine::create(engine_settings(config));
    if (!engine) return refused(engine.error());
    const Result<Component> component = Component::load(*engine, bytes->view(), cache);
    if (!component) return refused(component.error());
    return {"component", true, describe(*component, std::chrono::steady_clock::now() - start)};
}

}  // namespace

std::vector<SandboxProbe> probe_sandbox(const ExtractorConfig& config) {
    const Result<AotCache> cache = config.enable_aot_cache
                                       ? AotCache::open(config.aot_cache_directory)
                                       : fail(ErrorClass::kIo, "");
    return {probe_pagemap_scan(), probe_cache(config, cache),
            probe_component(config, cache ? &*cache : nullptr)};
}

}  // namespace riptide::wasm
