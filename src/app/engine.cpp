#include "app/engine.h"

#include "pool/native_extractor.h"
#include "pool/wasm_extractor.h"

namespace riptide::app {

Result<std::unique_ptr<Extractor>> start_engine(EngineChoice choice,
                                                const ExtractorConfig& config) {
    if (choice == EngineChoice::kNative) return std::make_unique<NativeExtractor>();
    Result<std::unique_ptr<WasmExtractor>> sandbox = WasmExtractor::create(config);
    if (sandbox) return std::move(*sandbox);
    Error& error = sandbox.error();
    return fail(error.error_class,
                "the sandbox cannot start: " + error.detail +
                    "; `riptide doctor` tells more, and --engine native runs without the sandbox, "
                    "which is only for trusted pages");
}

}  // namespace riptide::app
