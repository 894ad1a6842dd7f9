#include "wasm/slot.h"

#include "wasm/marshal.h"
#include "wasm/trap.h"

namespace riptide::wasm {
namespace {

/// For the guest's own start, which takes microseconds: only a broken component gets near it.
constexpr std::chrono::seconds kInstantiationTime{1};

std::uint64_t ticks_until(Deadline deadline, Deadline::Clock::time_point now) {
    // Far enough never to come, and small enough to be added to an epoch.
    constexpr std::uint64_t kForever = std::uint64_t{1} << 62;
    return deadline.is_never() ? kForever : Ticker::ticks_for(deadline.left(now));
}

/// Called when the store's ticks are used up. A ticker that makes up for a stall ticks faster than
/// the clock for a while, so the clock has the last word.
wasmtime_error_t* on_epoch_deadline(wasmtime_context_t*, void* data, std::uint64_t* more_ticks,
                                    wasmtime_update_deadline_kind_t* kind) {
    auto& limits = *static_cast<CallLimits*>(data);
    const auto now = Deadline::Clock::now();
    if (limits.deadline.passed(now)) {
        limits.expired = true;
        return wasmtime_error_new("deadline");
    }
    *more_ticks = ticks_until(limits.deadline, now);
    *kind = WASMTIME_UPDATE_DEADLINE_CONTINUE;
    return nullptr;
}

struct ResultValue {
    wasmtime_component_val_t value{};
    ResultValue() = default;
    ResultValue(const ResultValue&) = delete;
    ResultValue& operator=(const ResultValue&) = delete;
    ~ResultValue() { wasmtime_component_val_delete(&value); }
};

}  // namespace

Result<Slot> Slot::create(const Engine& engine, const Component& component) {
    Slot slot;
    slot.limits_ = std::make_unique<CallLimits>();
    slot.limits_->memory.limit_bytes = engine.settings().memory_limit_bytes;
    slot.store_.reset(wasmtime_store_new(&engine.get(), nullptr, nullptr));
    riptide_store_set_memory_limiter(slot.store_.get(), &slot.limits_->memory);
    wasmtime_store_epoch_deadline_callback(slot.store_.get(), on_epoch_deadline, slot.limits_.get(),
                                           nullptr);
    slot.arm(Deadline::after(kInstantiationTime));
    wasmtime_context_t* context = wasmtime_store_context(slot.store_.get());
    wasmtime_component_instance_t instance;
    if (ErrorHandle error{wasmtime_component_linker_instantiate(&component.linker(), context,
                                                                &component.get(), &instance)};
        error != nullptr) {
        Error why = classify(*error, *slot.limits_, ErrorClass::kInstantiation);
        return fail(ErrorClass::kInstantiation, "no instance could be made: " + why.detail);
    }
    if (!wasmtime_component_instance_get_func(&instance, context, &component.extract_index(),
                                              &slot.extract_)) {
        return fail(ErrorClass::kInstantiation, "the instance has no function to extract with");
    }
    return slot;
}

void Slot::arm(Deadline deadline) {
    limits_->deadline = deadline;
    wasmtime_context_set_epoch_deadline(wasmtime_store_context(store_.get()),
                                        ticks_until(deadline, Deadline::Clock::now()));
}

Result<Document> Slot::call(std::string_view html, const ExtractOptions& options,
                            Deadline deadline) && {
    arm(deadline);
    wasmtime_context_t* context = wasmtime_store_context(store_.get());
    const Arguments arguments(html, options);
    ResultValue result;
    if (ErrorHandle error{wasmtime_component_func_call(&extract_, context, arguments.data(),
                                                       Arguments::kCount, &result.value, 1)};
        error != nullptr) {
        return tl::unexpected(classify(*error, *limits_, ErrorClass::kHost));
    }
    Result<Document> document = unmarshal(result.value);
    if (!document && document.error().error_class == ErrorClass::kResourceLimit &&
        limits_->memory.denied_growths > 0) {
        document.error().error_class = ErrorClass::kMemoryLimit;
    }
    return document;
}

}  // namespace riptide::wasm
