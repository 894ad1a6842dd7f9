#include "wasm/component.h"

#include "sys/file.h"
#include "wasm/builtin.h"
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
    if (ErrorHandle error{wasmtime_component_deserialize(&engine.get(), artifact.data(),
                                                         artifact.size(), &component)};
        error != nullptr) {
        return fail(ErrorClass::kIo, message_of(*error));
    }
    return ComponentHandle(component);
}

}  // namespace

Result<std::vector<std::uint8_t>> component_bytes(const ExtractorConfig& config) {
    if (config.component_path.empty()) {
        const auto bytes =
            builtin_component(config.enable_simd ? GuestBuild::kSimd : GuestBuild::kScalar);
        return std::vector<std::uint8_t>(bytes.begin(), bytes.end());
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
    return bytes;
}

Result<Component> Component::load(const Engine& engine, std::span<const std::uint8_t> bytes,
                                  const AotCache* cache) {
    Component component;
    const ArtifactKey key = artifact_key(bytes, engine.settings().code_settings());
    if (cache != nullptr) {
        const Result<Artifact> artifact = cache->load(key);
        if (artifact) {
            Result<ComponentHandle> loaded = deserialize(engine, artifact->bytes());
            if (loaded) {
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
    if (Result<void> prepared = component.prepare(engine); !prepared) {
        return tl::unexpected(std::move(prepared.error()));
    }
    return component;
}

Result<void> Component::prepare(const Engine& engine) {
    if (Result<void> checked = check_signature(*component_, engine.get()); !checked) {
        return checked;
    }
    linker_.reset(wasmtime_component_linker_new(&engine.get()));
    const ExportIndexHandle interface(wasmtime_component_get_export_index(
        component_.get(), nullptr, wit::kInterface.data(), wit::kInterface.size()));
    extract_index_.reset(wasmtime_component_get_export_index(
        component_.get(), interface.get(), wit::kFunction.data(), wit::kFunction.size()));
    if (extract_index_ == nullptr) {
        return fail(ErrorClass::kEngineStart, "the component's exports cannot be looked up");
    }
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
