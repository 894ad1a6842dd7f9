/// The extractor of a run.
#pragma once

#include <riptide/config.h>
#include <riptide/extractor.h>

#include <memory>

#include "app/extract_plan.h"

namespace riptide::app {

/// For one page after the other. `kAuto` is the sandbox with the isolated native fallback, `kWasm`
/// the sandbox alone. Error: `kEngineStart`.
Result<std::unique_ptr<Extractor>> start_engine(EngineChoice choice, const ExtractorConfig& config);

}  // namespace riptide::app
