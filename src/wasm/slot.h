/// A store and an instance in it, good for one call.
#pragma once

#include <riptide/deadline.h>
#include <riptide/document.h>
#include <riptide/error.h>
#include <riptide/options.h>

#include <cstdint>
#include <memory>
#include <string_view>

#include "sys/stop_tokens.h"
#include "wasm/component.h"
#include "wasm/trap.h"

namespace riptide::wasm {

/// Linear memory of one call.
struct MemoryUse {
    std::uint64_t peak_bytes = 0;
    std::uint64_t denied_growths = 0;
};

/// May move between threads; used by one at a time. What a page leaves behind goes with the slot:
/// a call consumes it.
class Slot {
public:
    /// Makes the store and instantiates the component. Error: `kInstantiation`.
    static Result<Slot> create(const Engine& engine, const Component& component);

    /// The one call. `html` and the strings of `options` must be valid UTF-8. The guest is stopped
    /// at `deadline`: never before, and a tick or two of the engine's ticker after; and soon after
    /// a stop request. The calling thread needs 1 MiB of stack, and takes SIGURG meanwhile (see
    /// wasm/interrupt.h). Errors: the guest's own, `kTimeout`, `kCancelled`, `kMemoryLimit`,
    /// `kTrap`, `kHost`.
    Result<Document> call(std::string_view html, const ExtractOptions& options, Deadline deadline,
                          const sys::StopTokens& stop = {}) &&;

    [[nodiscard]] MemoryUse memory_use() const {
        return {limits_->memory_peak_bytes, limits_->denied_growths};
    }

private:
    Slot() = default;

    std::unique_ptr<CallLimits> limits_;  // outlives the slot, which points to it
    riptide_code_t code_{};               // the component's
    SlotHandle slot_;
};

}  // namespace riptide::wasm
