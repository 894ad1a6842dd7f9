#include "wasm/component.h"

#include "sys/file.h"
#include "wasm/builtin.h"
#include "wasm/marshal.h"
#include "wasm/signature.h"
#include "wit_signature.h"

namespace riptide::wasm {
namespace {

constexpr Bytes kMaxComponent = Bytes::mib(256);

Result<ComponentHandle> compile(const Engine& engine, std::span<const std::uint8_t> bytes) {
    wasmtime_component_t* component = nullptr;
    if (ErrorHandle error{
            wasmtime_component_new(&engine.get(), bytes.data(), bytes.size(), &component)};
        error != nullptr) {
        return fail(ErrorClass::kEngineStart,
                    "the component cannot be compiled: " + message_of(*error));
    }
    return ComponentHandle(component);
}

Result<ComponentHandle> deserialize(const Engine& engine, std::span<const std::uint8_t> artifact) {
    wasmtime_component_t* component = nullptr;
    if (ErrorHandle error{riptide_component_deserialize_in_place(&engine.get(), artifact.data(),
                                                                 artifact.size(), &component)};
        error != nullptr) {
        return fail(ErrorClass::kIo, message_of(*error));
    }
    return ComponentHandle(component);
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
    return ComponentBytes(std::move(*bytes));
}

Result<Component> Component::load(const Engine& engine, std::span<const std::uint8_t> bytes,
                                  const AotCache* cache) {
    Component component;
    const ArtifactKey key = artifact_key(bytes, engine.settings().code_settings());
    if (cache != nullptr) {
        Result<Artifact> artifact = cache->load(key);
        if (artifact) {
            Result<ComponentHandle> loaded = deserialize(engine, artifact->bytes());
            if (loaded) {
                component.artifact_.emplace(std::move(*artifact));
                component.component_ = std::move(*loaded);
                component.aot_result_ = AotResult::kHit;
            } else {
                component.aot_result_ = AotResult::kRejected;
                component.aot_detail_ = std::move(loaded.error().detail);
            }
        } else {
            component.aot_detail_ = artifact.error().detail;
            component.aot_result_ =
                component.aot_detail_.empty() ? AotResult::kMiss : AotResult::kRejected;
        }
    }
    if (component.component_ == nullptr) {
        Result<ComponentHandle> compiled = compile(engine, bytes);
        if (!compiled) return tl::unexpected(std::move(compiled.error()));
        component.component_ = std::move(*compiled);
        if (cache != nullptr) {
            const Result<std::vector<std::uint8_t>> artifact = component.serialize();
            const Result<void> stored =
                artifact ? cache->store(key, *artifact) : tl::unexpected(artifact.error());
            if (!stored) {
                component.aot_result_ = AotResult::kDisabled;
                component.aot_detail_ = stored.error().detail;
            }
        }
    }
    if (Result<void> linked = component.link(engine); !linked) {
        return tl::unexpected(std::move(linked.error()));
    }
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

Result<std::vector<std::uint8_t>> Component::serialize() const {
    wasm_byte_vec_t bytes;
    if (ErrorHandle error{wasmtime_component_serialize(component_.get(), &bytes)};
        error != nullptr) {
        return fail(ErrorClass::kHost,
                    "the compiled component cannot be serialised: " + message_of(*error));
    }
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data);
    std::vector<std::uint8_t> out(data, data + bytes.size);
    wasm_byte_vec_delete(&bytes);
    return out;
}

}  // namespace riptide::wasm
