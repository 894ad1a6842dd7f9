#include "pool/warm_pool.h"

#include <sched.h>

#include <algorithm>

namespace riptide {
namespace {

/// After a store could not be made, before the pool's own thread tries again.
constexpr std::chrono::milliseconds kRetryAfter{100};
/// While requests come often, the pool's own thread looks every so often for work, and sleeps when
/// there was none so many times.
constexpr std::chrono::milliseconds kDoze{1};
constexpr int kDozes = 4;
/// How long it keeps out of the way of requests; twice as long each time that it still is, since
/// to look it has to take the processor from one.
constexpr std::chrono::milliseconds kYield{2};
constexpr std::chrono::milliseconds kLongestYield{32};
/// Of the engine's instances, left for the canary of a new component.
constexpr std::uint32_t kReserved = 1;

}  // namespace

WarmPool::WarmPool(const wasm::Engine& engine, std::shared_ptr<const wasm::Component> component,
                   const Limits& limits)
    : engine_(engine),
      entries_(engine.settings().instances - kReserved),
      component_(std::move(component)),
      target_(limits.initial, limits.max_ready, Deadline::Clock::now()) {
    std::uint32_t id = 0;
    for (Entry& entry : entries_) {
        entry.told.id = id++;
        free_.push_back(&entry);
    }
}

Result<std::unique_ptr<WarmPool>> WarmPool::create(const wasm::Engine& engine,
                                                   std::shared_ptr<const wasm::Component> component,
                                                   const Limits& limits) {
    std::unique_ptr<WarmPool> pool(new WarmPool(engine, std::move(component), limits));
    for (std::uint32_t i = 0; i < limits.initial; ++i) {
        Entry* entry = pool->pop(pool->free_, InstanceState::kFree);
        if (Result<void> made = pool->make(*entry, pool->component_); !made) {
            return tl::unexpected(std::move(made.error()));
        }
        pool->note_made(*entry);
        pool->push(pool->ready_, *entry, InstanceState::kReady);
    }
    auto keeper = sys::Thread::start("riptide-warm", [self = pool.get()] { self->keep(); });
    if (!keeper) return tl::unexpected(std::move(keeper.error()));
    pool->keeper_ = std::move(*keeper);
    return pool;
}

WarmPool::~WarmPool() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    wake_.notify_one();
}

Result<WarmPool::Lease> WarmPool::lease() {
    std::unique_lock lock(mutex_);
    Entry* entry = pop(ready_, InstanceState::kBusy);
    if (entry == nullptr) return lease_cold(std::move(lock));
    target_.on_taken(static_cast<std::uint32_t>(ready_.size()));
    entry->leased_at = Deadline::Clock::now();
    return Lease(*this, *entry);
}

Result<WarmPool::Lease> WarmPool::lease_cold(std::unique_lock<std::mutex> lock) {
    ++counts_.missed;
    target_.on_missed();
    Entry* entry = pop(free_, InstanceState::kBusy);
    if (entry == nullptr) entry = pop(spent_, InstanceState::kBusy);
    if (entry == nullptr) {
        return fail(ErrorClass::kInstantiation, "all stores of the pool are in use");
    }
    entry->leased_at = Deadline::Clock::now();
    std::shared_ptr<const wasm::Component> component = component_;
    lock.unlock();
    unmake(*entry);
    Result<void> made = make(*entry, std::move(component));
    lock.lock();
    if (made) {
        note_made(*entry);
        return Lease(*this, *entry);
    }
    ++counts_.not_made;
    push(free_, *entry, InstanceState::kFree);
    return tl::unexpected(std::move(made.error()));
}

Result<Document> WarmPool::Lease::call(std::string_view html, const ExtractOptions& options,
                                       Deadline deadline, const sys::StopTokens& stop) {
    Result<Document> document = std::move(*entry_->slot).call(html, options, deadline, stop);
    entry_->last_call = document ? Entry::LastCall::kServed : Entry::LastCall::kFailed;
    return document;
}

void WarmPool::give_back(Entry& entry) {
    const std::lock_guard lock(mutex_);
    const wasm::MemoryUse use = entry.slot->memory_use();
    PooledInstance& told = entry.told;
    if (entry.last_call != Entry::LastCall::kNone) {
        ++told.use_count;
        if (entry.last_call == Entry::LastCall::kFailed) ++told.failure_count;
        told.last_used = std::chrono::system_clock::now();
    }
    told.memory_usage_bytes = Bytes{use.peak_bytes};
    told.resources.peak_memory = std::max(told.resources.peak_memory, told.memory_usage_bytes);
    told.resources.denied_growths += use.denied_growths;
    const TimePoint now = Deadline::Clock::now();
    told.resources.busy_time += now - entry.leased_at;
    push(spent_, entry, InstanceState::kSpent);
    processor_ = ::sched_getcpu();
    wake_keeper();
}

void WarmPool::replace(std::shared_ptr<const wasm::Component> component) {
    const std::lock_guard lock(mutex_);
    component_ = std::move(component);
    while (Entry* entry = pop(ready_, InstanceState::kSpent)) spent_.push_back(entry);
    wake_keeper();
}

WarmPool::Counts WarmPool::counts() {
    const std::lock_guard lock(mutex_);
    Counts counts = counts_;
    counts.ready = static_cast<std::uint32_t>(ready_.size());
    counts.spent = static_cast<std::uint32_t>(spent_.size());
    counts.target = target_.target();
    return counts;
}

std::vector<PooledInstance> WarmPool::instances() const {
    const std::lock_guard lock(mutex_);
    std::vector<PooledInstance> out;
    out.reserve(entries_.size());
    for (const Entry& entry : entries_) out.push_back(entry.told);
    return out;
}

Result<void> WarmPool::make(Entry& entry, std::shared_ptr<const wasm::Component> component) const {
    Result<wasm::Slot> slot = wasm::Slot::create(engine_, *component);
    if (!slot) return tl::unexpected(std::move(slot.error()));
    entry.component = std::move(component);
    entry.slot = std::make_unique<wasm::Slot>(std::move(*slot));
    entry.last_call = Entry::LastCall::kNone;
    return {};
}

void WarmPool::unmake(Entry& entry) {
    entry.slot.reset();
    entry.component.reset();
}

void WarmPool::note_made(Entry& entry) {
    ++counts_.made;
    entry.told.created_at = std::chrono::system_clock::now();
}

WarmPool::Entry* WarmPool::pop(std::vector<Entry*>& stack, InstanceState next) {
    if (stack.empty()) return nullptr;
    Entry* entry = stack.back();
    stack.pop_back();
    entry->told.state = next;
    return entry;
}

void WarmPool::push(std::vector<Entry*>& stack, Entry& entry, InstanceState state) {
    entry.told.state = state;
    stack.push_back(&entry);
}

/// Waking a thread costs a request more than all else that it does here, so one that dozes is left
/// to wake by itself as long as there are slots.
void WarmPool::wake_keeper() {
    const bool is_low = ready_.size() * 2 <= target_.target();
    if (keeper_state_ == Keeper::kSleeps || (keeper_state_ == Keeper::kDozes && is_low)) {
        wake_.notify_one();
    }
}

/// Whether a request ended where the pool's own thread runs, since it was last asked. The scheduler
/// prefers a processor that is idle, so there is none, and what it did now the next request would
/// wait for: longer than if that made its own slot, of memory that is in its processor's cache.
bool WarmPool::is_in_the_way() {
    return std::exchange(processor_, std::nullopt) == ::sched_getcpu();
}

void WarmPool::keep() {
    std::unique_lock lock(mutex_);
    int dozes = 0;
    auto yield = kYield;
    while (!stop_) {
        if (is_in_the_way()) {
            keeper_state_ = Keeper::kYields;
            wake_.wait_until(lock, Deadline::Clock::now() + yield);
            keeper_state_ = Keeper::kWorks;
            yield = std::min(2 * yield, kLongestYield);
            continue;
        }
        yield = kYield;
        if (keep_once(lock)) {
            dozes = 0;
            continue;
        }
        const bool dozed_enough = ++dozes > kDozes;
        keeper_state_ = dozed_enough ? Keeper::kSleeps : Keeper::kDozes;
        wake_.wait_until(lock,
                         dozed_enough ? target_.period_end() : Deadline::Clock::now() + kDoze);
        keeper_state_ = Keeper::kWorks;
    }
}

/// The most urgent piece of work; false when there is none.
bool WarmPool::keep_once(std::unique_lock<std::mutex>& lock) {
    const TimePoint now = Deadline::Clock::now();
    target_.on_time(now);
    const bool wants_more = ready_.size() < target_.target() && now >= retry_at_;
    if (Entry* entry = wants_more ? pop(free_, InstanceState::kFree) : nullptr; entry != nullptr) {
        std::shared_ptr<const wasm::Component> component = component_;
        lock.unlock();
        const Result<void> made = make(*entry, std::move(component));
        lock.lock();
        if (!made) {
            ++counts_.not_made;
            retry_at_ = now + kRetryAfter;
            push(free_, *entry, InstanceState::kFree);
        } else {
            note_made(*entry);
            const bool is_old = entry->component != component_;
            is_old ? push(spent_, *entry, InstanceState::kSpent)
                   : push(ready_, *entry, InstanceState::kReady);
        }
        return true;
    }
    Entry* spent = pop(spent_, InstanceState::kSpent);
    if (spent == nullptr && ready_.size() > target_.target()) {
        spent = pop(ready_, InstanceState::kSpent);
    }
    if (spent == nullptr) return false;
    lock.unlock();
    unmake(*spent);
    lock.lock();
    push(free_, *spent, InstanceState::kFree);
    return true;
}

}  // namespace riptide
