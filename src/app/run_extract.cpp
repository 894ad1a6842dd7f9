#include <unistd.h>

#include <optional>

#include "app/document_writer.h"
#include "app/engine.h"
#include "app/extract_plan.h"
#include "app/messages.h"
#include "app/page_file.h"
#include "app/run.h"

namespace riptide::app {
namespace {

/// The engine is started by the first page that could be read, and its failure is every page's.
class LazyEngine {
public:
    LazyEngine(EngineChoice choice, const ExtractorConfig& config)
        : choice_(choice), config_(config) {}

    Result<Document> extract(const Request& request) {
        if (!engine_) {
            engine_.emplace(start_engine(choice_, config_, 1, FallbackStart::kWhenNeeded));
            if (!*engine_) {
                say(engine_->error().detail +
                    "; `riptide doctor` tells more, and --engine native runs without the sandbox, "
                    "which is only for trusted pages");
            }
        }
        if (!*engine_) return tl::unexpected(engine_->error());
        return (**engine_)->extract(request, Deadline::after(config_.extraction_timeout));
    }
    [[nodiscard]] bool failed_to_start() const { return engine_ && !*engine_; }

private:
    EngineChoice choice_;
    const ExtractorConfig& config_;
    std::optional<Result<std::unique_ptr<Extractor>>> engine_;
};

std::string_view why_empty(ExtractionMode mode) {
    switch (mode) {
        case ExtractionMode::kArticle:
            return "no main content; --mode full takes all of the page's text";
        case ExtractionMode::kCustom:
            return "the selectors match nothing that has text";
        case ExtractionMode::kFull:
        case ExtractionMode::kMetadata:
            break;
    }
    return "the page has no text";
}

Result<Document> extract_bytes(const std::string& bytes, const ExtractPlan& plan,
                               LazyEngine& engine) {
    Request request;
    request.bytes = bytes;
    request.encoding = plan.encoding;
    request.options = plan.options;
    Result<Document> document = engine.extract(request);
    // Not even metadata can come of nothing.
    if (document && bytes.empty()) document->status = Status::kEmpty;
    return document;
}

/// Says what a person must know of one input's result.
ExitCode report(const std::string& input, const Result<Document>& result, const ExtractPlan& plan,
                const LazyEngine& engine, std::size_t bytes) {
    if (!result) {
        if (!engine.failed_to_start()) say(shown(input) + ": " + result.error().detail);
        return exit_code(result.error());
    }
    tell_of_fallback(input, *result);
    if (!result->truncated.empty()) {
        std::string caps;
        for (const Truncation cap : result->truncated) {
            caps.append(caps.empty() ? "" : ", ").append(to_string(cap));
        }
        say(shown(input) + ": the page exceeds a cap (" + caps + "), so something may be missing");
    }
    if (result->status == Status::kOk) return ExitCode::kOk;
    say(shown(input) + ": " +
        std::string(bytes == 0 ? "it is empty (0 bytes)" : why_empty(plan.options.mode)));
    return ExitCode::kNoContent;
}

/// The error of an output is the run's; errors of inputs are their own.
Result<ExitCode> extract_all(const ExtractPlan& plan, const ExtractorConfig& config,
                             DocumentWriter& writer) {
    LazyEngine engine(plan.engine, config);
    std::vector<ExitCode> codes;
    for (const std::string& input : plan.inputs) {
        std::size_t size = 0;
        Result<Document> result =
            read_page(input, config.body_limit).and_then([&](const std::string& bytes) {
                size = bytes.size();
                return extract_bytes(bytes, plan, engine);
            });
        codes.push_back(report(input, result, plan, engine, size));
        if (auto added = writer.add(input, result); !added) {
            return tl::unexpected(std::move(added.error()));
        }
    }
    if (auto finished = writer.finish(); !finished) {
        return tl::unexpected(std::move(finished.error()));
    }
    return combined(codes);
}

}  // namespace

Result<ExitCode> run_extract(const CommandLine& line, const config::Settings& settings,
                             Output& output) {
    const auto standard_input =
        isatty(STDIN_FILENO) == 1 ? StandardInput::kTerminal : StandardInput::kOther;
    const Result<ExtractPlan> plan = plan_extraction(line, standard_input);
    if (!plan) return tl::unexpected(plan.error());
    for (const std::string& warning : plan->warnings) say(warning);
    const InputCount count = plan->inputs.size() > 1 ? InputCount::kSeveral : InputCount::kOne;
    if (plan->output_path.empty()) {
        DocumentWriter writer(output, plan->format, count);
        return extract_all(*plan, settings.config, writer);
    }
    Result<Output> file = Output::file(plan->output_path);
    if (!file) return tl::unexpected(std::move(file.error()));
    DocumentWriter writer(*file, plan->format, count);
    Result<ExitCode> code = extract_all(*plan, settings.config, writer);
    if (!code || !writer.has_written()) return code;
    if (auto finished = file->finish(); !finished) {
        return tl::unexpected(std::move(finished.error()));
    }
    return code;
}

}  // namespace riptide::app
