/// What `riptide explain` was asked to do.
#pragma once

#include "app/extract_plan.h"

namespace riptide::app {

enum class ReportFormat : std::uint8_t { kText, kHtml, kJson };
inline constexpr std::array<std::string_view, 3> kReportFormats = {"text", "html", "json"};

struct ExplainPlan : PagePlan {
    ReportFormat format = ReportFormat::kText;
};

/// With one input, which the parser sees to. A pure function. Error: `kUsage`.
Result<ExplainPlan> plan_explanation(const CommandLine& line, StandardInput standard_input);

}  // namespace riptide::app
