#include "pool/wasm_extractor.h"

#include <algorithm>
#include <semaphore>

#include "pool/prepare.h"
#include "wasm/slot.h"

namespace riptide {
namespace {

using Permits = std::counting_semaphore<>;

/// Returns the permit when it goes.
class Permit {
public:
    explicit Permit(Permits& permits) : permits_(permits) {}
    ~Permit() { permits_.release(); }
    Permit(const Permit&) = delete;
    Permit& operator=(const Permit&) = delete;

private:
    Permits& permits_;
};

bool acquire_until(Permits& permits, Deadline deadline) {
    if (!deadline.is_never()) return permits.try_acquire_until(deadline.time());
    permits.acquire();
    return true;
}

}  // namespace

struct WasmExtractor::Impl {
    Impl(const ExtractorConfig& configuration, wasm::Engine started, wasm::Component loaded)
        : config(configuration),
          engine(std::move(started)),
          component(std::move(loaded)),
          permits(static_cast<std::ptrdiff_t>(configuration.max_pool_size)) {}

    /// When the guest has to be done: within its own time, and the request's.
    [[nodiscard]] Deadline guest_deadline(Deadline request) const {
        if (!config.enable_epoch_timeouts) return request;
        return std::min(request, Deadline::after(config.epoch_timeout));
    }

    const ExtractorConfig config;
    wasm::Engine engine;
    wasm::Component component;  // goes before the engine
    mutable Permits permits;
};

WasmExtractor::WasmExtractor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WasmExtractor::~WasmExtractor() = default;

Result<std::unique_ptr<WasmExtractor>> WasmExtractor::create(const ExtractorConfig& config) {
    Result<wasm::Engine> engine = wasm::Engine::create(wasm::engine_settings(config));
    if (!engine) return tl::unexpected(std::move(engine.error()));
    const Result<wasm::ComponentBytes> bytes = wasm::component_bytes(config);
    if (!bytes) return tl::unexpected(bytes.error());
    // Without a usable cache the component is compiled, which takes a third of a second.
    Result<wasm::AotCache> cache = config.enable_aot_cache
                                       ? wasm::AotCache::open(config.aot_cache_directory)
                                       : fail(ErrorClass::kIo, "");
    Result<wasm::Component> component =
        wasm::Component::load(*engine, bytes->view(), cache ? &*cache : nullptr);
    if (!component) return tl::unexpected(std::move(component.error()));
    return std::unique_ptr<WasmExtractor>(new WasmExtractor(
        std::make_unique<Impl>(config, std::move(*engine), std::move(*component))));
}

Result<Document> WasmExtractor::extract(const Request& request, Deadline deadline) const {
    const bool is_late = deadline.passed(Deadline::Clock::now());
    if (is_late || !acquire_until(impl_->permits, deadline)) {
        return fail(ErrorClass::kDeadlineExceeded, "no instance was free before the deadline");
    }
    const Permit permit(impl_->permits);
    const Result<text::DecodedPage> page = prepare(request, impl_->config.body_limit);
    if (!page) return tl::unexpected(page.error());
    Result<wasm::Slot> slot = wasm::Slot::create(impl_->engine, impl_->component);
    if (!slot) return tl::unexpected(std::move(slot.error()));
    Result<Document> document =
        std::move(*slot).call(page->utf8(), request.options, impl_->guest_deadline(deadline));
    if (document) document->encoding = page->encoding();
    return document;
}

}  // namespace riptide
