#include "app/engine.h"

#include <riptide/instance_pool.h>

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
    Result<std::unique_ptr<InstancePool>> sandbox = InstancePool::create(one_by_one);
    if (sandbox) return std::move(*sandbox);
    return fail(sandbox.error().error_class, "the sandbox cannot start: " + sandbox.error().detail);
}

}  // namespace riptide::app
