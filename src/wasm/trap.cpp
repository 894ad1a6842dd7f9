#include "wasm/trap.h"

#include <string_view>

namespace riptide::wasm {
namespace {

std::string_view trap_name(std::uint8_t code) {
    switch (code) {
        case WASMTIME_TRAP_CODE_STACK_OVERFLOW:
            return "stack overflow";
        case WASMTIME_TRAP_CODE_MEMORY_OUT_OF_BOUNDS:
            return "memory access out of bounds";
        case WASMTIME_TRAP_CODE_TABLE_OUT_OF_BOUNDS:
            return "table access out of bounds";
        case WASMTIME_TRAP_CODE_INDIRECT_CALL_TO_NULL:
            return "call of a null function";
        case WASMTIME_TRAP_CODE_BAD_SIGNATURE:
            return "call with another signature";
        case WASMTIME_TRAP_CODE_INTEGER_OVERFLOW:
            return "integer overflow";
        case WASMTIME_TRAP_CODE_INTEGER_DIVISION_BY_ZERO:
            return "division by zero";
        case WASMTIME_TRAP_CODE_BAD_CONVERSION_TO_INTEGER:
            return "conversion to an integer out of range";
        case WASMTIME_TRAP_CODE_UNREACHABLE_CODE_REACHED:
            return "unreachable code";
        default:
            return "";
    }
}

}  // namespace

Error classify(const wasmtime_error_t& error, const CallLimits& limits, ErrorClass otherwise) {
    if (limits.stopped == CallLimits::Stopped::kOnRequest) {
        return Error{ErrorClass::kCancelled, "the caller gave up"};
    }
    if (limits.stopped == CallLimits::Stopped::kAtDeadline) {
        return Error{ErrorClass::kTimeout, "the guest was stopped at its deadline"};
    }
    if (limits.denied_growths > 0) {
        return Error{ErrorClass::kMemoryLimit, "the guest needed more than its memory limit of " +
                                                   std::to_string(limits.memory_limit_bytes >> 20) +
                                                   " MiB"};
    }
    std::uint8_t code = 0;
    if (riptide_error_trap_code(&error, &code)) {
        const std::string_view name = trap_name(code);
        return Error{ErrorClass::kTrap,
                     "the guest trapped: " +
                         (name.empty() ? "trap code " + std::to_string(code) : std::string(name))};
    }
    return Error{otherwise, message_of(error)};
}

}  // namespace riptide::wasm
