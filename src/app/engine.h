/// The extractor of a run.
#pragma once

#include <riptide/config.h>
#include <riptide/extractor.h>

#include <cstdint>
#include <memory>
#include <string>

#include "app/extract_plan.h"

namespace riptide::app {

/// For `calls` pages at once. `kAuto` is the sandbox with the isolated native fallback, started as
/// `fallback` says, `kWasm` the sandbox alone. Error: `kEngineStart`.
Result<std::unique_ptr<Extractor>> start_engine(EngineChoice choice, const ExtractorConfig& config,
                                                std::uint32_t calls, FallbackStart fallback);

/// Says so, where the sandbox could not serve the page.
void tell_of_fallback(const std::string& input, const Document& document);

}  // namespace riptide::app
