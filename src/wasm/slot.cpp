#include "wasm/slot.h"

#include <algorithm>

#include "wasm/marshal.h"
#include "wasm/trap.h"

namespace riptide::wasm {
namespace {

/// For the guest's own start, which takes microseconds: only a broken component gets near it.
constexpr std::chrono::seconds kInstantiationTime{1};

/// How often a guest that can be cancelled is asked whether it was.
constexpr std::chrono::milliseconds kStopCheck{10};

/// Ticks until the guest has to be looked after.
std::uint64_t ticks_until(const CallLimits& limits, Deadline::Clock::time_point now) {
    // Far enough never to come, and small enough to be added to an epoch.
    constexpr std::uint64_t kForever = std::uint64_t{1} << 62;
    Deadline::Duration left = limits.deadline.left(now);
    if (limits.stop.possible()) left = std::min<Deadline::Duration>(left, kStopCheck);
    return left == Deadline::Duration::max() ? kForever : Ticker::ticks_for(left);
}

/// A ticker that makes up for a stall ticks faster than the clock for a while, so the clock has the
/// last word.
std::uint64_t more_ticks(riptide_call_limits_t* base) {
    auto& limits = *static_cast<CallLimits*>(base);
    const auto now = Deadline::Clock::now();
    if (limits.stop.requested()) limits.stopped = CallLimits::Stopped::kOnRequest;
    if (limits.deadline.passed(now)) limits.stopped = CallLimits::Stopped::kAtDeadline;
    return limits.stopped == CallLimits::Stopped::kNo ? ticks_until(limits, now) : 0;
}

/// Notes the deadline, and says how far away it is.
std::uint64_t arm(CallLimits& limits, Deadline deadline) {
    limits.deadline = deadline;
    return ticks_until(limits, Deadline::Clock::now());
}

}  // namespace

Result<Slot> Slot::create(const Engine& engine, const Component& component) {
    Slot slot;
    slot.limits_ = std::make_unique<CallLimits>();
    slot.limits_->memory_limit_bytes = engine.settings().memory_limit_bytes;
    slot.limits_->total_committed_bytes = &engine.committed();
    slot.limits_->more_ticks = more_ticks;
    const std::uint64_t ticks = arm(*slot.limits_, Deadline::after(kInstantiationTime));
    riptide_slot_t* made = nullptr;
    if (ErrorHandle error{
            riptide_slot_new(&component.extractor(), slot.limits_.get(), ticks, &made)};
        error != nullptr) {
        Error why = classify(*error, *slot.limits_, ErrorClass::kInstantiation);
        return fail(ErrorClass::kInstantiation, "no instance could be made: " + why.detail);
    }
    slot.slot_.reset(made);
    return slot;
}

Result<Document> Slot::call(std::string_view html, const ExtractOptions& options, Deadline deadline,
                            const StopTokens& stop) && {
    limits_->stop = stop;
    const Arguments arguments(options);
    Receiver receiver;
    const std::uint64_t ticks = arm(*limits_, deadline);
    if (ErrorHandle error{riptide_slot_call(slot_.get(), ticks, borrow(html), &arguments.options(),
                                            &receiver.callbacks())};
        error != nullptr) {
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
