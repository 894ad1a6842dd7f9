#include "app/engine.h"

#include <riptide/instance_pool.h>

#include "app/messages.h"
#include "pool/native_extractor.h"

namespace riptide::app {

Result<std::unique_ptr<Extractor>> start_engine(EngineChoice choice, const ExtractorConfig& config,
                                                std::uint32_t calls, FallbackStart fallback) {
    if (choice == EngineChoice::kNative)
        return std::make_unique<NativeExtractor>(config.body_limit);
    ExtractorConfig sized = config;
    sized.max_pool_size = calls;
    sized.initial_pool_size = calls;
    sized.fallback_start = fallback;
    if (fallback == FallbackStart::kWhenNeeded) sized.helper_program = "/proc/self/exe";
    if (choice == EngineChoice::kWasm) sized.enable_fallback = false;
    Result<std::unique_ptr<InstancePool>> pool = InstancePool::create(sized);
    if (!pool && sized.enable_fallback) {
        Error refused = std::move(pool.error());
        sized.enable_fallback = false;
        pool = InstancePool::create(sized);
        if (pool) say(refused.detail + "; going on without it");
    }
    // Who runs a command wants to know at once; a service may go on without its sandbox.
    const std::string problem = pool ? (*pool)->health().sandbox_error : pool.error().detail;
    if (problem.empty()) return std::move(*pool);
    return fail(ErrorClass::kEngineStart, "the sandbox cannot start: " + problem);
}

void tell_of_fallback(const std::string& input, const Document& document) {
    if (document.fallback_reason.empty()) return;
    say(shown(input) + ": the sandbox could not serve it (" + document.fallback_reason +
        "), so it was extracted natively, in an isolated process");
}

}  // namespace riptide::app
