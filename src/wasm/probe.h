/// What the sandbox finds on this machine, for `riptide doctor`.
#pragma once

#include <riptide/config.h>

#include <string>
#include <vector>

namespace riptide::wasm {

struct SandboxProbe {
    std::string name;    ///< Of what was tried, lower case.
    bool works = false;  ///< False: `detail` says why not, and what that costs.
    std::string detail;
};

/// Tries pagemap_scan, the AOT cache, and to load the configured component; starts an engine.
std::vector<SandboxProbe> probe_sandbox(const ExtractorConfig& config);

}  // namespace riptide::wasm
