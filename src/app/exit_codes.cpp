#include "app/exit_codes.h"

#include <algorithm>

namespace riptide::app {

ExitCode combined(std::span<const ExitCode> inputs) {
    if (inputs.empty()) return ExitCode::kOk;
    const ExitCode first = inputs.front();
    const bool alike =
        std::ranges::all_of(inputs, [first](ExitCode code) { return code == first; });
    return alike ? first : ExitCode::kSomeFailed;
}

}  // namespace riptide::app
