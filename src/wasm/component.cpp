#include "wasm/component.h"

#include <algorithm>
#include <cstring>

#include "sys/file.h"
#include "sys/processors.h"
#include "sys/thread.h"
#include "wasm/builtin.h"
#include "wasm/marshal.h"
#include "wasm/signature.h"
#include "wit_signature.h"

namespace riptide::wasm {
namespace {

constexpr Bytes kMaxComponent = Bytes::mib(256);

Result<Artifact> compile(const Engine& engine, std::span<const std::uint8_t> bytes) {
    const wasm_engine_t* compiler = &engine.get();
    EngineHandle alone;
    // Twice as many as it takes, for those that were tried may count a moment longer.
    if (!sys::can_start_threads(2 * sys::usable_processors())) {
        Result<EngineHandle> made = Engine::lone_compiler();
        if (!made) return tl::unexpected(std::move(made.error()));
        alone = std::move(*made);
        compiler = alone.get();
    }
    wasm_byte_vec_t compiled;
    if (ErrorHandle error{
            riptide_component_compile(compiler, bytes.data(), bytes.size(), &compiled)};
        error != nullptr) {
        return fail(ErrorClass::kEngineStart,
                    "the component cannot be compiled: " + message_of(*error));
    }
    Result<sys::Pages> pages = sys::Pages::map(compiled.size);
    if (pages) std::memcpy(pages->bytes().data(), compiled.data, compiled.size);
    const std::size_t size = compiled.size;
    wasm_byte_vec_delete(&compiled);
    if (!pages || !pages->make_read_only()) {
        return fail(ErrorClass::kEngineStart, "there is no memory for the compiled component");
    }
    return Artifact(std::move(*pages), size);
}

}  // namespace

Result<ComponentBytes> component_bytes(const ExtractorConfig& config) {
    if (config.component_path.empty()) {
        return ComponentBytes(
            builtin_component(config.enable_simd ? GuestBuild::kSimd : GuestBuild::kScalar));
    }
    Result<std::vector<std::uint8_t>> bytes = sys::read_file(config.component_path, kMaxComponent);
    if (!bytes) {
        return fail(ErrorClass::kEngineStart,
                    "the component file is of no use: " + bytes.error().detail);
    }
    if (bytes->empty()) {
        return fail(ErrorClass::kEngineStart,
                    "the component file " + config.component_path + " is empty");
    }
    constexpr std::string_view kMagic("\0asm", 4);
    if (bytes->size() < kMagic.size() ||
        !std::equal(kMagic.begin(), kMagic.end(), bytes->begin())) {
        return fail(ErrorClass::kEngineStart,
                    "the component file " + config.component_path +
                        " is no WebAssembly component: it does not begin with \\0asm");
    }
    return ComponentBytes(std::move(*bytes));
}

Result<Component> Component::load_artifact(const Engine& engine, Artifact artifact) {
    Component component(std::move(artifact));
    const std::span<const std::uint8_t> bytes = component.artifact();
    wasmtime_component_t* loaded = nullptr;
    if (ErrorHandle error{riptide_component_load(&engine.get(), bytes.data(), bytes.size(), &loaded,
                                                 &component.code_)};
        error != nullptr) {
        return fail(ErrorClass::kEngineStart,
                    "the component cannot be loaded: " + message_of(*error));
    }
    component.component_.reset(loaded);
    if (Result<void> linked = component.link(engine); !linked) {
        return tl::unexpected(std::move(linked.error()));
    }
    return component;
}

Result<Component> Component::load(const Engine& engine, std::span<const std::uint8_t> bytes,
                                  const AotCache* cache) {
    const ArtifactKey key = artifact_key(bytes, engine.settings().code_settings());
    AotResult result = AotResult::kDisabled;
    std::string detail;
    if (cache != nullptr) {
        Result<Component> component = cache->load(key).and_then(
            [&](Artifact&& artifact) { return load_artifact(engine, std::move(artifact)); });
        if (component) {
            component->aot_result_ = AotResult::kHit;
            return component;
        }
        detail = std::move(component.error().detail);
        result = detail.empty() ? AotResult::kMiss : AotResult::kRejected;
    }
    Result<Component> component = compile(engine, bytes).and_then([&](Artifact&& artifact) {
        return load_artifact(engine, std::move(artifact));
    });
    if (!component) return component;
    if (cache != nullptr) {
        if (Result<void> stored = cache->store(key, component->artifact()); !stored) {
            result = AotResult::kDisabled;
            detail = std::move(stored.error().detail);
        }
    }
    component->aot_result_ = result;
    component->aot_detail_ = std::move(detail);
    return component;
}

Result<void> Component::link(const Engine& engine) {
    if (Result<void> checked = check_signature(*component_, engine.get()); !checked) {
        return checked;
    }
    riptide_extractor_t* extractor = nullptr;
    if (ErrorHandle error{riptide_extractor_new(&engine.get(), component_.get(),
                                                borrow(wit::kInterface), borrow(wit::kFunction),
                                                &extractor)};
        error != nullptr) {
        return fail(ErrorClass::kEngineStart,
                    "the component cannot be linked: " + message_of(*error));
    }
    extractor_.reset(extractor);
    return {};
}

}  // namespace riptide::wasm
