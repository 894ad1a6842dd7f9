/// Why a call into the guest failed.
#pragma once

#include <riptide/deadline.h>
#include <riptide/error.h>

#include <cstdint>

#include "sys/stop_tokens.h"
#include "wasm/handles.h"

namespace riptide::wasm {

/// What a call may use, and what it did use.
struct CallLimits : riptide_call_limits_t {
    CallLimits() : riptide_call_limits_t{} {}
    Deadline deadline = Deadline::never();
    sys::StopTokens stop;
    /// Why the host stopped the guest, if it did.
    enum class Stopped : std::uint8_t { kNo, kAtDeadline, kOnRequest } stopped = Stopped::kNo;
};

/// Classifies the error of a call or an instantiation: `kTimeout` for the deadline,
/// `kCancelled` for a stop request, `kMemoryLimit` for any failure after a growth of memory was
/// denied, `kTrap` for other traps, and `otherwise` for what is no trap.
Error classify(const wasmtime_error_t& error, const CallLimits& limits, ErrorClass otherwise);

}  // namespace riptide::wasm
