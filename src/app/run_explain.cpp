#include <unistd.h>

#include "app/engine.h"
#include "app/explain_plan.h"
#include "app/explanation_report.h"
#include "app/messages.h"
#include "app/page_file.h"
#include "app/run.h"
#include "config/printable.h"
#include "io/explanation_json.h"

#include <boost/json/serialize.hpp>

namespace riptide::app {
namespace {

Result<Document> extract_page(const ExplainPlan& plan, const ExtractorConfig& config) {
    const std::string& input = plan.inputs.front();
    const auto named = [&input](Error error) {
        error.detail = shown(input) + ": " + error.detail;
        return error;
    };
    Result<std::string> bytes = read_page(input, config.body_limit).map_error(named);
    if (!bytes) return tl::unexpected(std::move(bytes.error()));
    Result<std::unique_ptr<Extractor>> engine =
        start_engine(plan.engine, config, 1, FallbackStart::kWhenNeeded);
    if (!engine) return tl::unexpected(std::move(engine.error()));
    Request request;
    request.bytes = *bytes;
    request.encoding = plan.encoding;
    request.options = plan.options;
    return (*engine)->extract(request, Deadline::after(config.extraction_timeout)).map_error(named);
}

std::string report_of(const Document& document, const Explanation& explanation,
                      const ExplainPlan& plan) {
    const std::string page = shown(plan.inputs.front());
    switch (plan.format) {
        case ReportFormat::kHtml:
            return html_report(page, document, explanation);
        case ReportFormat::kJson: {
            boost::json::object report;
            report["input"] = page;
            for (const auto& field : io::explanation_json(document, explanation))
                report.insert(field);
            return boost::json::serialize(report) + "\n";
        }
        case ReportFormat::kText:
            break;
    }
    return text_report(page, document, explanation);
}

Result<void> write_report(const std::string& report, Output& output) {
    return output.write(output.is_terminal() ? config::without_controls(report) : report);
}

}  // namespace

Result<ExitCode> run_explain(const CommandLine& line, const config::Settings& settings,
                             Output& output) {
    const auto standard_input =
        isatty(STDIN_FILENO) == 1 ? StandardInput::kTerminal : StandardInput::kOther;
    const Result<ExplainPlan> plan = plan_explanation(line, standard_input);
    if (!plan) return tl::unexpected(plan.error());
    for (const std::string& warning : plan->warnings) say(warning);
    const Result<Document> document = extract_page(*plan, settings.config);
    if (!document) return tl::unexpected(document.error());
    tell_of_fallback(plan->inputs.front(), *document);
    if (!document->explanation) {
        return fail(ErrorClass::kHost, "the component gave no explanation of the page");
    }
    const std::string report = report_of(*document, *document->explanation, *plan);
    const auto done = [] { return ExitCode::kOk; };
    if (plan->output_path.empty()) return write_report(report, output).map(done);
    Result<Output> file = Output::file(plan->output_path);
    if (!file) return tl::unexpected(std::move(file.error()));
    return write_report(report, *file).and_then([&] { return file->finish(); }).map(done);
}

}  // namespace riptide::app
