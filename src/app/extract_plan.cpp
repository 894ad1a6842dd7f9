#include "app/extract_plan.h"

#include <algorithm>

#include "app/choice.h"
#include "app/mode_flags.h"
#include "config/printable.h"
#include "io/web_address.h"

namespace riptide::app {
namespace {

using config::printable_excerpt;

Result<void> plan_inputs(const CommandLine& line, StandardInput standard_input, PagePlan& plan) {
    plan.inputs = line.arguments;
    if (plan.inputs.empty()) {
        if (standard_input == StandardInput::kTerminal) {
            return wrong_usage(line, "no FILE was given; name one, or pipe a page in");
        }
        plan.inputs.emplace_back("-");
    }
    if (std::ranges::count(plan.inputs, "-") > 1) {
        return wrong_usage(line, "- (standard input) was given twice; it can be read once");
    }
    if (std::ranges::find(plan.inputs, "") != plan.inputs.end()) {
        return wrong_usage(line, "a FILE is the empty text; name a file, or - for standard input");
    }
    return {};
}

Outputs outputs_of(Format format, ExtractionMode mode) {
    switch (format) {
        case Format::kText:
            return Outputs::kText;
        case Format::kMarkdown:
            return Outputs::kMarkdown;
        case Format::kHtml:
            return Outputs::kHtml;
        case Format::kTei:
            return Outputs::kTei;
        case Format::kJson:
        case Format::kJsonl:
            break;
    }
    return mode == ExtractionMode::kMetadata ? Outputs::none() : Outputs::usual();
}

Result<void> plan_format(const CommandLine& line, ExtractPlan& plan) {
    const bool metadata = plan.options.mode == ExtractionMode::kMetadata;
    if (metadata) plan.format = Format::kJson;
    if (const auto format = line.value("--format")) {
        plan.format = choice<Format>(kFormatNames, *format);
        const bool structured = plan.format == Format::kJson || plan.format == Format::kJsonl;
        if (metadata && !structured) {
            return wrong_usage(line, "--mode metadata has no body for --format " + *format +
                                         "; use json or jsonl");
        }
    }
    plan.options.outputs = outputs_of(plan.format, plan.options.mode);
    return {};
}

Result<void> plan_url(const CommandLine& line, PagePlan& plan) {
    const auto url = line.value("--url");
    if (!url) return {};
    if (plan.inputs.size() > 1) {
        return wrong_usage(line, "--url is the address of one page, and " +
                                     std::to_string(plan.inputs.size()) +
                                     " were given; extract them one by one");
    }
    if (!io::is_web_address(*url)) {
        return wrong_usage(
            line, "--url: \"" + printable_excerpt(*url) + "\"" + std::string(io::kNoWebAddress));
    }
    plan.options.url = *url;
    return {};
}

void plan_engine(const CommandLine& line, PagePlan& plan) {
    if (const auto engine = line.value("--engine")) {
        plan.engine = choice<EngineChoice>(kEngineChoices, *engine);
    }
    if (plan.engine != EngineChoice::kNative) return;
    for (const config::FlagValue& given : line.options()) {
        if (given.option->name.starts_with("wasm.")) {
            plan.warnings.push_back(std::string(given.option->flag) +
                                    " has no effect with --engine native, which has no sandbox");
        }
    }
}

}  // namespace

Result<PagePlan> plan_pages(const CommandLine& line, StandardInput standard_input) {
    PagePlan plan;
    auto planned = plan_inputs(line, standard_input, plan)
                       .and_then([&] { return read_mode_flags(line, plan.options); })
                       .and_then([&] { return plan_url(line, plan); })
                       .and_then([&] { return read_encoding_flag(line); })
                       .map([&](std::string label) { plan.encoding = std::move(label); });
    if (!planned) return tl::unexpected(std::move(planned.error()));
    plan_engine(line, plan);
    plan.output_path = line.value("--output").value_or("");
    if (plan.output_path == "-") plan.output_path.clear();
    return plan;
}

Result<ExtractPlan> plan_extraction(const CommandLine& line, StandardInput standard_input) {
    Result<PagePlan> pages = plan_pages(line, standard_input);
    if (!pages) return tl::unexpected(std::move(pages.error()));
    ExtractPlan plan{std::move(*pages), Format::kMarkdown};
    if (auto planned = plan_format(line, plan); !planned) {
        return tl::unexpected(std::move(planned.error()));
    }
    return plan;
}

}  // namespace riptide::app
