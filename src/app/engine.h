/// The extractor of a run.
#pragma once

#include <riptide/config.h>
#include <riptide/extractor.h>

#include <cstdint>
#include <memory>

#include "app/extract_plan.h"

namespace riptide::app {

/// For `calls` pages at once. `kAuto` is the sandbox with the isolated native fallback, started as
/// `fallback` says, `kWasm` the sandbox alone. Error: `kEngineStart`.
Result<std::unique_ptr<Extractor>> start_engine(EngineChoice choice, const ExtractorConfig& config,
                                                std::uint32_t calls, FallbackStart fallback);

}  // namespace riptide::app
