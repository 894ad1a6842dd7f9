/// A helper: a process that extracts one page inside the operating system's sandbox and ends.
#pragma once

#include <riptide/document.h>
#include <riptide/error.h>
#include <riptide/metrics.h>
#include <riptide/options.h>

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sys/sandbox.h"

namespace riptide {

/// What a helper does with its page: `core::extract`, or what a test puts in its place.
using HelperWork = Result<Document> (*)(std::string_view html, const ExtractOptions& options);

/// What a wait status (waitpid(2)) says of a helper that ended by itself.
HelperDeath cause_of_death(int wait_status) noexcept;

/// Precedes everything else on the socket of a helper, and of the zygote.
struct SetupReport {
    sys::SandboxStep failed_step = sys::SandboxStep::kNone;  ///< `kNone`: the sandbox stands.
    std::int32_t error_number = 0;
};

/// Precedes a page: the sizes of the encoded options and of the page, which follow.
struct PageHeader {
    std::uint64_t options_size;
    std::uint64_t html_size;
};

/// Precedes a result: the size of the encoded result, which follows.
struct ResultHeader {
    std::uint64_t size;
};

/// What a helper is started with.
struct HelperStart {
    HelperWork work;
    sys::SandboxLimits limits;
    pid_t parent;  ///< With which it ends.
};

/// Runs a helper in the calling process, which must be of one thread and just forked: sandboxes
/// itself, reports, takes one page from `socket`, answers, exits. Standard error is closed.
[[noreturn]] void run_helper(int socket, const HelperStart& start);

}  // namespace riptide
