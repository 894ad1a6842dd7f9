/// One slot of the pool, as it is told to operators.
#pragma once

#include <riptide/config.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace riptide {

enum class InstanceState : std::uint8_t {
    kFree,   ///< Holds no store.
    kReady,  ///< Holds a store that waits for a call.
    kBusy,   ///< Runs a call.
    kSpent,  ///< Holds a store that was used and waits to be destroyed.
};

inline constexpr std::size_t kInstanceStates = 4;

/// What a slot's calls used.
struct ResourceTracker {
    Bytes peak_memory;                     ///< Largest linear memory of any call.
    std::uint64_t denied_growths = 0;      ///< Growths refused because of the memory limit.
    std::chrono::nanoseconds busy_time{};  ///< Spent in calls.
};

/// A store serves one call; what has a history is the slot, in which one store follows another.
struct PooledInstance {
    std::uint32_t id = 0;
    InstanceState state = InstanceState::kFree;
    std::chrono::system_clock::time_point created_at;  ///< Of the store it holds now, or held last.
    std::chrono::system_clock::time_point last_used;   ///< End of its last call; the epoch if none.
    std::uint64_t use_count = 0;                       ///< Calls.
    std::uint64_t failure_count = 0;                   ///< Calls that failed by the guest's doing.
    Bytes memory_usage_bytes;                          ///< Linear memory of its last call.
    ResourceTracker resources;
};

std::string_view to_string(InstanceState state) noexcept;

}  // namespace riptide
