/// Why a call into the guest failed.
#pragma once

#include <riptide/deadline.h>
#include <riptide/error.h>

#include <cstdint>
#include <stop_token>

#include "wasm/handles.h"

namespace riptide::wasm {

/// Who may stop a call before its deadline; null where nobody is. What they point to outlives the
/// call.
struct StopTokens {
    const std::stop_token* caller = nullptr;
    const std::stop_token* pool = nullptr;

    [[nodiscard]] bool possible() const {
        return (caller != nullptr && caller->stop_possible()) ||
               (pool != nullptr && pool->stop_possible());
    }
    [[nodiscard]] bool requested() const {
        return (caller != nullptr && caller->stop_requested()) ||
               (pool != nullptr && pool->stop_requested());
    }
};

/// What a call may use, and what it did use.
struct CallLimits : riptide_call_limits_t {
    CallLimits() : riptide_call_limits_t{} {}
    Deadline deadline = Deadline::never();
    StopTokens stop;
    /// Why the host stopped the guest, if it did.
    enum class Stopped : std::uint8_t { kNo, kAtDeadline, kOnRequest } stopped = Stopped::kNo;
};

/// Classifies the error of a call or an instantiation: `kTimeout` for the deadline,
/// `kCancelled` for a stop request, `kMemoryLimit` for any failure after a growth of memory was
/// denied, `kTrap` for other traps, and `otherwise` for what is no trap.
Error classify(const wasmtime_error_t& error, const CallLimits& limits, ErrorClass otherwise);

}  // namespace riptide::wasm
