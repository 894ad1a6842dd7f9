#include "wasm/slot.h"

#include "wasm/marshal.h"
#include "wasm/trap.h"

namespace riptide::wasm {
namespace {

/// For the guest's own start, which takes microseconds: only a broken component gets near it.
constexpr std::uint64_t kInstantiationTicks = 1000;

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
    slot.limiter_ = std::make_unique<riptide_memory_limiter_t>();
    slot.limiter_->limit_bytes = engine.settings().memory_limit_bytes;
    slot.store_.reset(wasmtime_store_new(&engine.get(), nullptr, nullptr));
    riptide_store_set_memory_limiter(slot.store_.get(), slot.limiter_.get());
    wasmtime_context_t* context = wasmtime_store_context(slot.store_.get());
    wasmtime_context_set_epoch_deadline(context, kInstantiationTicks);
    wasmtime_component_instance_t instance;
    if (ErrorHandle error{wasmtime_component_linker_instantiate(&component.linker(), context,
                                                                &component.get(), &instance)};
        error != nullptr) {
        Error why = classify(*error, *slot.limiter_, ErrorClass::kInstantiation);
        return fail(ErrorClass::kInstantiation, "no instance could be made: " + why.detail);
    }
    if (!wasmtime_component_instance_get_func(&instance, context, &component.extract_index(),
                                              &slot.extract_)) {
        return fail(ErrorClass::kInstantiation, "the instance has no function to extract with");
    }
    return slot;
}

Result<Document> Slot::call(std::string_view html, const ExtractOptions& options,
                            std::uint64_t ticks) && {
    wasmtime_context_t* context = wasmtime_store_context(store_.get());
    wasmtime_context_set_epoch_deadline(context, ticks);
    const Arguments arguments(html, options);
    ResultValue result;
    if (ErrorHandle error{wasmtime_component_func_call(&extract_, context, arguments.data(),
                                                       Arguments::kCount, &result.value, 1)};
        error != nullptr) {
        return tl::unexpected(classify(*error, *limiter_, ErrorClass::kHost));
    }
    Result<Document> document = unmarshal(result.value);
    if (!document && document.error().error_class == ErrorClass::kResourceLimit &&
        limiter_->denied_growths > 0) {
        document.error().error_class = ErrorClass::kMemoryLimit;
    }
    return document;
}

}  // namespace riptide::wasm
