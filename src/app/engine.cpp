#include "app/engine.h"

#include <riptide/instance_pool.h>

#include "app/messages.h"
#include "pool/native_extractor.h"

namespace riptide::app {

Result<std::unique_ptr<Extractor>> start_engine(EngineChoice choice,
                                                const ExtractorConfig& config) {
    if (choice == EngineChoice::kNative)
        return std::make_unique<NativeExtractor>(config.body_limit);
    ExtractorConfig one_by_one = config;
    one_by_one.max_pool_size = 1;
    one_by_one.initial_pool_size = 1;
    if (choice == EngineChoice::kWasm) one_by_one.enable_fallback = false;
    Result<std::unique_ptr<InstancePool>> pool = InstancePool::create(one_by_one);
    if (!pool && one_by_one.enable_fallback) {
        Error refused = std::move(pool.error());
        one_by_one.enable_fallback = false;
        pool = InstancePool::create(one_by_one);
        if (pool) say(refused.detail + "; going on without it");
    }
    // Who runs a command wants to know at once; a service may go on without its sandbox.
    const std::string problem = pool ? (*pool)->health().sandbox_error : pool.error().detail;
    if (problem.empty()) return std::move(*pool);
    return fail(ErrorClass::kEngineStart, "the sandbox cannot start: " + problem);
}

}  // namespace riptide::app
