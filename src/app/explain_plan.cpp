#include "app/explain_plan.h"

#include "app/choice.h"

namespace riptide::app {

Result<ExplainPlan> plan_explanation(const CommandLine& line, StandardInput standard_input) {
    Result<PagePlan> pages = plan_pages(line, standard_input);
    if (!pages) return tl::unexpected(std::move(pages.error()));
    ExplainPlan plan{std::move(*pages), ReportFormat::kText};
    if (const auto format = line.value("--format")) {
        plan.format = choice<ReportFormat>(kReportFormats, *format);
    }
    plan.options.outputs = Outputs::kExplanation;
    return plan;
}

}  // namespace riptide::app
