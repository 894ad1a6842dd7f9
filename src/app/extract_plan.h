/// What `riptide extract`, and others that read single pages, were asked to do.
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

enum class Format : std::uint8_t { kText, kMarkdown, kHtml, kJson, kJsonl, kTei };
inline constexpr std::array<std::string_view, 6> kFormatNames = {"text", "markdown", "html",
                                                                 "json", "jsonl",    "tei"};

enum class EngineChoice : std::uint8_t { kAuto, kWasm, kNative };
inline constexpr std::array<std::string_view, 3> kEngineChoices = {"auto", "wasm", "native"};

/// Whether the program was started by a person who could type a page into it.
enum class StandardInput : std::uint8_t { kTerminal, kOther };

/// What the commands that read single pages have in common.
struct PagePlan {
    std::vector<std::string> inputs;  ///< Paths; "-" is standard input.
    EngineChoice engine = EngineChoice::kAuto;
    std::string encoding;
    std::string output_path;  ///< Empty: standard output.
    ExtractOptions options;
    std::vector<std::string> warnings;
};

struct ExtractPlan : PagePlan {
    Format format = Format::kMarkdown;
};

// Pure functions. Error: `kUsage`, for flags that contradict each other and for values that cannot
// be right.

/// All but `options.outputs`.
Result<PagePlan> plan_pages(const CommandLine& line, StandardInput standard_input);
Result<ExtractPlan> plan_extraction(const CommandLine& line, StandardInput standard_input);

}  // namespace riptide::app
