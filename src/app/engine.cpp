#include "app/engine.h"

#include "pool/native_extractor.h"
#include "pool/wasm_extractor.h"

namespace riptide::app {

Result<std::unique_ptr<Extractor>> start_engine(EngineChoice choice,
                                                const ExtractorConfig& config) {
    if (choice == EngineChoice::kNative)
        return std::make_unique<NativeExtractor>(config.body_limit);
    Result<std::unique_ptr<WasmExtractor>> sandbox = WasmExtractor::create(config);
    if (sandbox) return std::move(*sandbox);
    return fail(sandbox.error().error_class, "the sandbox cannot start: " + sandbox.error().detail);
}

}  // namespace riptide::app
