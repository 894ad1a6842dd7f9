/// The flags that say what of a page is extracted: --mode and --selector.
#pragma once

#include <riptide/error.h>
#include <riptide/options.h>

#include <array>
#include <string_view>

#include "app/command_line.h"

namespace riptide::app {

/// In the order of `ExtractionMode`.
inline constexpr std::array<std::string_view, 4> kModeNames = {"article", "full", "metadata",
                                                               "custom"};

/// Puts them into `options`; selectors imply `kCustom`. Error: `kUsage` for flags that contradict
/// each other, and for selectors that are not UTF-8.
Result<void> read_mode_flags(const CommandLine& line, ExtractOptions& options);

}  // namespace riptide::app
