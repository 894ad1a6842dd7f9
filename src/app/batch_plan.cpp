#include "app/batch_plan.h"

#include <algorithm>
#include <charconv>

#include "app/choice.h"
#include "app/mode_flags.h"
#include "app/version.h"
#include "config/printable.h"

#include <boost/json/array.hpp>

namespace riptide::app {
namespace {

using config::printable_excerpt;

constexpr std::uint64_t kMostJobs = 1024;
constexpr std::chrono::milliseconds kLongestInterval = std::chrono::hours(1);

Result<std::optional<std::uint64_t>> number(const CommandLine& line, const std::string& flag,
                                            std::uint64_t min, std::uint64_t max) {
    const auto text = line.value(flag);
    if (!text) return std::nullopt;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (error == std::errc{} && end == text->data() + text->size() && value >= min &&
        value <= max) {
        return value;
    }
    return wrong_usage(line, flag + ": \"" + printable_excerpt(*text) +
                                 "\" is not allowed; it takes a whole number from " +
                                 std::to_string(min) + " to " + std::to_string(max));
}

Result<void> plan_inputs(const CommandLine& line, StandardInput standard_input, BatchPlan& plan) {
    plan.inputs = line.arguments;
    if (plan.inputs.empty()) {
        if (standard_input == StandardInput::kTerminal) {
            return wrong_usage(
                line, "no INPUT was given; name a directory or file, or pipe lines of JSON in");
        }
        plan.inputs.emplace_back("-");
    }
    if (std::ranges::count(plan.inputs, "-") > 1) {
        return wrong_usage(line, "- (standard input) was given twice; it can be read once");
    }
    if (std::ranges::find(plan.inputs, "") != plan.inputs.end()) {
        return wrong_usage(line, "an INPUT is the empty text; name a directory or a file");
    }
    if (const auto format = line.value("--input-format")) {
        plan.input_format = choice<io::InputFormat>(io::kInputFormatNames, *format);
    }
    return {};
}

Outputs outputs_of(std::string_view body) {
    if (body == "text") return Outputs::kText;
    if (body == "markdown") return Outputs::kMarkdown;
    if (body == "html") return Outputs::kHtml;
    if (body == "tei") return Outputs::kTei;
    return Outputs::usual();
}

Result<void> plan_fields(const CommandLine& line, BatchPlan& plan) {
    const auto body = line.value("--format");
    const auto names = line.value("--fields");
    if (body && names)
        return wrong_usage(line, "--format contradicts --fields; leave one of them out");
    if (body) plan.fields = io::DocumentFields::with(outputs_of(*body));
    if (names) {
        auto fields = io::DocumentFields::named(*names);
        if (!fields)
            return wrong_usage(line, "--fields: " + config::printable(fields.error().detail));
        plan.fields = *fields;
    }
    ExtractOptions& options = plan.defaults.options;
    options.outputs = plan.fields.outputs();
    return read_mode_flags(line, options)
        .and_then([&] { return read_encoding_flag(line); })
        .map([&](std::string label) { plan.defaults.encoding = std::move(label); });
}

Result<void> plan_run(const CommandLine& line, std::uint32_t cores, BatchPlan& plan) {
    const auto jobs = number(line, "--jobs", 1, kMostJobs);
    if (!jobs) return tl::unexpected(jobs.error());
    plan.jobs = static_cast<std::uint32_t>(jobs->value_or(std::max(cores, 1U)));
    const auto max_errors = number(line, "--max-errors", 0, UINT64_MAX);
    if (!max_errors) return tl::unexpected(max_errors.error());
    plan.max_errors = *max_errors;
    const auto interval = number(line, "--checkpoint-interval", 1, kLongestInterval.count());
    if (!interval) return tl::unexpected(interval.error());
    if (*interval) plan.checkpoint_interval = std::chrono::milliseconds(**interval);
    if (line.has("--unordered")) plan.order = LineOrder::kAsTheyCome;
    if (line.has("--resume")) plan.start = RunStart::kResume;
    if (line.has("--quiet")) plan.verbosity = Verbosity::kQuiet;
    if (const auto engine = line.value("--engine")) {
        plan.engine = choice<EngineChoice>(kEngineChoices, *engine);
    }
    plan.statistics_path = line.value("--stats").value_or("");
    if (plan.statistics_path == "-") {
        return wrong_usage(line, "--stats: - (standard output) is where lines may go; name a file");
    }
    plan.output_path = line.value("--output").value_or("");
    if (plan.output_path == "-") plan.output_path.clear();
    if (plan.start == RunStart::kAnew) return {};
    if (plan.output_path.empty()) {
        return wrong_usage(
            line, "--resume needs --output FILE; what went to standard output cannot be seen");
    }
    if (std::ranges::find(plan.inputs, "-") != plan.inputs.end()) {
        return wrong_usage(
            line, "--resume cannot read standard input a second time; name the input's file");
    }
    return {};
}

boost::json::object identity_of(const CommandLine& line, const BatchPlan& plan) {
    boost::json::object identity;
    identity["riptide"] = version();
    for (const std::string_view flag : {"--input-format", "--format", "--fields", "--mode",
                                        "--encoding", "--engine", "--body-limit"}) {
        identity[flag] = config::printable(line.value(flag).value_or(""));
    }
    boost::json::array selectors;
    for (const std::string& selector : plan.defaults.options.selectors) {
        selectors.emplace_back(config::printable(selector));
    }
    identity["--selector"] = std::move(selectors);
    identity["--unordered"] = plan.order == LineOrder::kAsTheyCome;
    return identity;
}

}  // namespace

Result<BatchPlan> plan_batch(const CommandLine& line, StandardInput standard_input,
                             std::uint32_t cores) {
    BatchPlan plan;
    auto planned = plan_inputs(line, standard_input, plan)
                       .and_then([&] { return plan_fields(line, plan); })
                       .and_then([&] { return plan_run(line, cores, plan); });
    if (!planned) return tl::unexpected(std::move(planned.error()));
    plan.identity = identity_of(line, plan);
    return plan;
}

}  // namespace riptide::app
