#include "wasm/slot.h"

#include "wasm/interrupt.h"
#include "wasm/marshal.h"

namespace riptide::wasm {
namespace {

/// For the guest's own start, which takes microseconds: only a broken component gets near it.
constexpr std::chrono::seconds kInstantiationTime{1};

}  // namespace

Result<Slot> Slot::create(const Engine& engine, const Component& component) {
    Slot slot;
    slot.limits_ = std::make_unique<CallLimits>();
    slot.limits_->memory_limit_bytes = engine.settings().memory_limit_bytes;
    slot.limits_->total_committed_bytes = &engine.committed();
    slot.limits_->deadline = Deadline::after(kInstantiationTime);
    slot.code_ = component.code();
    riptide_slot_t* made = nullptr;
    const Interruptible interruptible(slot.code_, *slot.limits_);
    if (ErrorHandle error{riptide_slot_new(&component.extractor(), slot.limits_.get(), &made)};
        error != nullptr) {
        Error why = classify(*error, *slot.limits_, ErrorClass::kInstantiation);
        return fail(ErrorClass::kInstantiation, "no instance could be made: " + why.detail);
    }
    slot.slot_.reset(made);
    return slot;
}

Result<Document> Slot::call(std::string_view html, const ExtractOptions& options, Deadline deadline,
                            const sys::StopTokens& stop) && {
    limits_->deadline = deadline;
    limits_->stop = stop;
    const Arguments arguments(options);
    Receiver receiver;
    ErrorHandle error;
    {
        const Interruptible interruptible(code_, *limits_);
        error.reset(riptide_slot_call(slot_.get(), borrow(html), &arguments.options(),
                                      &receiver.callbacks()));
    }
    if (error != nullptr) {
        Error why = classify(*error, *limits_, ErrorClass::kHost);
        if (why.error_class == ErrorClass::kHost) {
            why.detail = "the component's answer breaks the contract: " + why.detail;
        }
        return tl::unexpected(std::move(why));
    }
    Result<Document> document = std::move(receiver).result();
    if (!document && document.error().error_class == ErrorClass::kResourceLimit &&
        limits_->denied_growths > 0) {
        document.error().error_class = ErrorClass::kMemoryLimit;
    }
    return document;
}

}  // namespace riptide::wasm
