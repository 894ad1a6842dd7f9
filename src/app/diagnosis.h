/// What `riptide doctor` looks at.
#pragma once

#include <riptide/config.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riptide::app {

struct Finding {
    std::string name;
    bool works;
    std::string
        detail;  ///< What was found; where it does not work, what it means or would be right.
};

/// Tries everything, the extraction of a page in either engine included.
std::vector<Finding> diagnose(const ExtractorConfig& config);

/// Whether what a process may map (nothing: anything) is enough for the sandbox of a service.
Finding address_space(std::optional<Bytes> limit, const ExtractorConfig& config);

/// Of the finding by which `main_job_works` goes.
inline constexpr std::string_view kSandboxCanary = "canary in the sandbox";

/// Whether a page could be extracted in the sandbox; the other findings explain or are about speed.
bool main_job_works(const std::vector<Finding>& findings);

}  // namespace riptide::app
