/// Why a call into the guest failed.
#pragma once

#include <riptide/deadline.h>
#include <riptide/error.h>

#include "wasm/handles.h"

namespace riptide::wasm {

/// What a call may use, and what it did use.
struct CallLimits {
    riptide_memory_limiter_t memory{};
    Deadline deadline = Deadline::never();
    bool expired = false;  ///< The guest was stopped at the deadline.
};

/// Classifies the error of a call or an instantiation: `kTimeout` for the epoch deadline,
/// `kMemoryLimit` for any failure after a growth of memory was denied, `kTrap` for other traps, and
/// `otherwise` for what is no trap.
Error classify(const wasmtime_error_t& error, const CallLimits& limits, ErrorClass otherwise);

}  // namespace riptide::wasm
