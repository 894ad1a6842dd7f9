/// The flags that say how a page is read and what of it is extracted: --encoding, --mode and
/// --selector.
#pragma once

#include <riptide/error.h>
#include <riptide/options.h>

#include <array>
#include <string>
#include <string_view>

#include "app/command_line.h"

namespace riptide::app {

/// In the order of `ExtractionMode`.
inline constexpr std::array<std::string_view, 4> kModeNames = {"article", "full", "metadata",
                                                               "custom"};

/// Puts them into `options`; selectors imply `kCustom`. Error: `kUsage` for flags that contradict
/// each other, and for selectors that are not UTF-8 or no selectors.
Result<void> read_mode_flags(const CommandLine& line, ExtractOptions& options);

/// The value of --encoding; empty without one. Error: `kUsage` for a label of no encoding.
Result<std::string> read_encoding_flag(const CommandLine& line);

}  // namespace riptide::app
