/// What the program's exit status says.
#pragma once

#include <riptide/error.h>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace riptide::app {

enum class ExitCode : std::uint8_t {
    kOk = 0,
    kSomeFailed = 1,
    kUsage = 2,
    kNoContent = 3,
    kIo = 4,
    kEngineStart = 5,
    kLimit = 6,
    kInterrupted = 130,
};

struct ExitCodeMeaning {
    ExitCode code;
    std::string_view meaning;
};

/// Every code, for help and man page.
inline constexpr std::array kExitCodes = {
    ExitCodeMeaning{ExitCode::kOk, "all is well"},
    ExitCodeMeaning{ExitCode::kSomeFailed,
                    "the page cannot be extracted, or some of several failed"},
    ExitCodeMeaning{ExitCode::kUsage, "wrong usage: a flag, a selector, an option's value"},
    ExitCodeMeaning{ExitCode::kNoContent, "the page has no content"},
    ExitCodeMeaning{ExitCode::kIo, "a file or stream cannot be read or written"},
    ExitCodeMeaning{ExitCode::kEngineStart,
                    "the sandbox cannot start, or the system refuses threads"},
    ExitCodeMeaning{ExitCode::kLimit, "stopped by a limit: time, memory, size"},
    ExitCodeMeaning{ExitCode::kInterrupted, "interrupted"},
};

/// The code of an error, as the table of error classes says.
inline ExitCode exit_code(const Error& error) {
    return static_cast<ExitCode>(traits(error.error_class).exit_code);
}

/// The code of a run over several inputs: theirs if all have the same one, else `kSomeFailed`.
ExitCode combined(std::span<const ExitCode> inputs);

}  // namespace riptide::app
