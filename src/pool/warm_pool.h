/// Slots that are ready for a call, made and destroyed off the request's path.
#pragma once

#include <riptide/pooled_instance.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "pool/warm_target.h"
#include "sys/stop_tokens.h"
#include "sys/thread.h"
#include "wasm/slot.h"

namespace riptide {

/// Thread-safe. A store serves exactly one call: a slot that was leased comes back spent, and its
/// store is destroyed by the pool's own thread, which also makes new ones; when requests come
/// faster than it can work, or leave it no processor, they do their own share.
class WarmPool {
    struct Entry;

public:
    struct Limits {
        std::uint32_t initial;    ///< Made by `create`, and kept ready at least.
        std::uint32_t max_ready;  ///< Kept ready at most.
    };

    /// A slot on loan for one call. Goes before the pool does.
    class Lease {
    public:
        Lease(Lease&& other) noexcept
            : pool_(std::exchange(other.pool_, nullptr)), entry_(other.entry_) {}
        Lease& operator=(Lease&&) = delete;
        ~Lease() {
            if (pool_ != nullptr) pool_->give_back(*entry_);
        }

        /// The one call; see `wasm::Slot::call`.
        Result<Document> call(std::string_view html, const ExtractOptions& options,
                              Deadline deadline, const sys::StopTokens& stop);
        /// After the call.
        [[nodiscard]] wasm::MemoryUse memory_use() const { return entry_->slot->memory_use(); }

    private:
        friend class WarmPool;
        Lease(WarmPool& pool, Entry& entry) : pool_(&pool), entry_(&entry) {}
        WarmPool* pool_;
        Entry* entry_;
    };

    struct Counts {
        std::uint32_t ready = 0;
        std::uint32_t spent = 0;
        std::uint32_t target = 0;    ///< Slots that are to be kept ready.
        std::uint64_t made = 0;      ///< Stores made.
        std::uint64_t missed = 0;    ///< Leases that found no slot ready.
        std::uint64_t not_made = 0;  ///< Stores that could not be made.
    };

    /// Makes `limits.initial` slots. `engine` must outlive the pool. Errors: `kInstantiation`;
    /// `kEngineStart`, without a thread.
    static Result<std::unique_ptr<WarmPool>> create(
        const wasm::Engine& engine, std::shared_ptr<const wasm::Component> component,
        const Limits& limits);
    ~WarmPool();
    WarmPool(const WarmPool&) = delete;
    WarmPool& operator=(const WarmPool&) = delete;

    /// A ready slot, or one made now. Error: `kInstantiation`.
    Result<Lease> lease();
    /// From now on slots are made of `component`; leased ones finish with what they have.
    void replace(std::shared_ptr<const wasm::Component> component);

    [[nodiscard]] Counts counts();
    [[nodiscard]] std::vector<PooledInstance> instances() const;

private:
    using TimePoint = Deadline::Clock::time_point;

    /// What a lease reads and writes of its entry is `slot` alone; the rest is guarded by the
    /// pool's mutex.
    struct Entry {
        PooledInstance told;
        TimePoint leased_at{};
        enum class LastCall : std::uint8_t { kNone, kServed, kFailed } last_call{};
        std::shared_ptr<const wasm::Component> component;  // outlives the slot
        std::unique_ptr<wasm::Slot> slot;
    };

    WarmPool(const wasm::Engine& engine, std::shared_ptr<const wasm::Component> component,
             const Limits& limits);

    Result<Lease> lease_cold(std::unique_lock<std::mutex> lock);
    void give_back(Entry& entry);
    /// Without the mutex; what it makes of the entry is nobody else's meanwhile.
    Result<void> make(Entry& entry, std::shared_ptr<const wasm::Component> component) const;
    /// Without the mutex, as `make`.
    static void unmake(Entry& entry);
    /// With the mutex, after `make`.
    void note_made(Entry& entry);
    Entry* pop(std::vector<Entry*>& stack, InstanceState next);
    void push(std::vector<Entry*>& stack, Entry& entry, InstanceState state);
    void wake_keeper();
    bool is_in_the_way();
    void keep();
    bool keep_once(std::unique_lock<std::mutex>& lock);

    const wasm::Engine& engine_;
    std::vector<Entry> entries_;  // never resized

    mutable std::mutex mutex_;
    // Guarded by mutex_.
    std::vector<Entry*> ready_, spent_, free_;
    std::shared_ptr<const wasm::Component> component_;
    WarmTarget target_;
    Counts counts_;  // its cumulative part
    TimePoint retry_at_{};
    enum class Keeper : std::uint8_t {
        kWorks,
        kYields,
        kDozes,
        kSleeps
    } keeper_state_ = Keeper::kWorks;
    std::optional<int> processor_;  ///< Where the last request ended.
    bool stop_ = false;

    std::condition_variable wake_;
    std::unique_ptr<sys::Thread> keeper_;  // last: works on all of the above
};

}  // namespace riptide
