/// What `riptide batch` was asked to do.
#pragma once

#include <riptide/error.h>
#include <riptide/instance_pool.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/command_line.h"
#include "app/extract_plan.h"
#include "io/document_fields.h"
#include "io/record_inputs.h"

#include <boost/json/object.hpp>

namespace riptide::app {

enum class LineOrder : std::uint8_t { kInput, kAsTheyCome };
enum class RunStart : std::uint8_t { kAnew, kResume };
enum class Verbosity : std::uint8_t { kProgress, kQuiet };

/// Which renderings of the body lines have.
inline constexpr std::array<std::string_view, 5> kBodyNames = {"text", "markdown", "html", "tei",
                                                               "all"};

struct BatchPlan {
    std::vector<std::string> inputs;  ///< "-" is standard input.
    io::InputFormat input_format = io::InputFormat::kAuto;
    OwnedRequest defaults;  ///< For what a record does not say.
    io::DocumentFields fields = io::DocumentFields::usual();
    EngineChoice engine = EngineChoice::kAuto;
    std::uint32_t jobs = 1;
    LineOrder order = LineOrder::kInput;
    RunStart start = RunStart::kAnew;
    Verbosity verbosity = Verbosity::kProgress;
    std::optional<std::uint64_t> max_errors;
    std::chrono::milliseconds checkpoint_interval = std::chrono::seconds(5);
    std::string output_path;      ///< Empty: standard output.
    std::string statistics_path;  ///< Empty: none.

    /// What must be the same for a run to go on: the flags that decide what lines say.
    boost::json::object identity;
};

/// A pure function. `cores` is how many jobs there are when the flags do not say. Error: `kUsage`.
Result<BatchPlan> plan_batch(const CommandLine& line, StandardInput standard_input,
                             std::uint32_t cores);

}  // namespace riptide::app
