#include "pool/runtime.h"

#include <algorithm>

#include "pool/canary.h"

namespace riptide {
namespace {

/// For what takes a fraction of a millisecond: only a broken engine gets near it.
constexpr std::chrono::seconds kCanaryTime{1};

Result<void> check_canary(const Result<Document>& document) {
    if (!document) {
        return fail(ErrorClass::kEngineStart, "the canary page failed: " + document.error().detail);
    }
    if (!is_canary_text(document->text)) {
        return fail(ErrorClass::kEngineStart, "the canary page came out with another text");
    }
    return {};
}

Deadline canary_deadline() { return Deadline::after(kCanaryTime); }

}  // namespace

Result<std::unique_ptr<Runtime>> Runtime::create(const ExtractorConfig& config) {
    Result<wasm::Engine> engine = wasm::Engine::create(wasm::engine_settings(config));
    if (!engine) return tl::unexpected(std::move(engine.error()));
    std::unique_ptr<Runtime> runtime(new Runtime(config, std::move(*engine)));
    Result<std::shared_ptr<const wasm::Component>> component = runtime->load(config.component_path);
    if (!component) return tl::unexpected(std::move(component.error()));
    Result<std::unique_ptr<WarmPool>> slots = WarmPool::create(
        runtime->engine_, std::move(*component),
        {std::min(config.initial_pool_size, config.max_pool_size), config.max_pool_size});
    if (!slots) return fail(ErrorClass::kEngineStart, std::move(slots.error().detail));
    runtime->slots_ = std::move(*slots);
    return runtime;
}

Result<std::shared_ptr<const wasm::Component>> Runtime::load(
    const std::string& component_path) const {
    ExtractorConfig config = config_;
    config.component_path = component_path;
    const Result<wasm::ComponentBytes> bytes = wasm::component_bytes(config);
    if (!bytes) return tl::unexpected(bytes.error());
    // Without a usable cache the component is compiled, which takes a third of a second.
    const Result<wasm::AotCache> cache = config.enable_aot_cache
                                             ? wasm::AotCache::open(config.aot_cache_directory)
                                             : fail(ErrorClass::kIo, "");
    Result<wasm::Component> component =
        wasm::Component::load(engine_, bytes->view(), cache ? &*cache : nullptr);
    if (!component) return tl::unexpected(std::move(component.error()));
    ++aot_results_[static_cast<std::size_t>(component->aot_result())];
    return std::make_shared<const wasm::Component>(std::move(*component));
}

std::array<std::uint64_t, kAotResults> Runtime::aot_results() const {
    std::array<std::uint64_t, kAotResults> out{};
    for (std::size_t i = 0; i < kAotResults; ++i) out[i] = aot_results_[i];
    return out;
}

Result<void> Runtime::try_canary() const {
    Result<WarmPool::Lease> lease = slots_->lease();
    if (!lease) return tl::unexpected(std::move(lease.error()));
    return check_canary(lease->call(kCanaryPage, ExtractOptions{}, canary_deadline(), {}));
}

Result<void> Runtime::reload(const std::string& component_path) {
    Result<std::shared_ptr<const wasm::Component>> component = load(component_path);
    if (!component) return tl::unexpected(std::move(component.error()));
    {
        Result<wasm::Slot> slot = wasm::Slot::create(engine_, **component);
        if (!slot) return fail(ErrorClass::kEngineStart, std::move(slot.error().detail));
        const Result<void> checked =
            check_canary(std::move(*slot).call(kCanaryPage, ExtractOptions{}, canary_deadline()));
        if (!checked) return checked;
    }
    slots_->replace(std::move(*component));
    return {};
}

}  // namespace riptide
