/// What `riptide extract` was asked to do.
#pragma once

#include <riptide/error.h>
#include <riptide/options.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/command_line.h"

namespace riptide::app {

enum class Format : std::uint8_t { kText, kMarkdown, kHtml, kJson, kJsonl };
inline constexpr std::array<std::string_view, 5> kFormatNames = {"text", "markdown", "html", "json",
                                                                 "jsonl"};

enum class EngineChoice : std::uint8_t { kAuto, kWasm, kNative };
inline constexpr std::array<std::string_view, 3> kEngineChoices = {"auto", "wasm", "native"};

/// Whether the program was started by a person who could type a page into it.
enum class StandardInput : std::uint8_t { kTerminal, kOther };

struct ExtractPlan {
    std::vector<std::string> inputs;  ///< Paths; "-" is standard input.
    Format format = Format::kMarkdown;
    EngineChoice engine = EngineChoice::kAuto;
    std::string encoding;
    std::string output_path;  ///< Empty: standard output.
    ExtractOptions options;
    std::vector<std::string> warnings;
};

/// A pure function. Error: `kUsage`, for flags that contradict each other and for values that
/// cannot be right.
Result<ExtractPlan> plan_extraction(const CommandLine& line, StandardInput standard_input);

}  // namespace riptide::app
