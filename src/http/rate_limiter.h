/// How many requests one client may make.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include "sys/mutex.h"

namespace riptide::http {

/// A client's address: all of IPv4, and the network (/64) of IPv6, in which one client may have any
/// number of addresses.
using ClientKey = std::uint64_t;

/// A token bucket for each client: so many requests per second, and as many at once. Bounded: of
/// more clients than it remembers, those that are idle are forgotten, or else all.
/// Thread-safe. Time is the caller's.
class RateLimiter {
public:
    using Clock = std::chrono::steady_clock;

    /// Takes a token of the client; false when there is none. `per_second` is at least 1. A time
    /// before that of another call fills nothing and takes back nothing.
    [[nodiscard]] bool admit(ClientKey client, std::uint32_t per_second, Clock::time_point now);

    static constexpr std::size_t kMostClients = 65536;

private:
    struct Bucket {
        double tokens;
        Clock::time_point filled;
    };
    void forget(Clock::time_point now) RIPTIDE_REQUIRES(mutex_);

    sys::Mutex mutex_;
    std::unordered_map<ClientKey, Bucket> buckets_ RIPTIDE_GUARDED_BY(mutex_);
};

}  // namespace riptide::http
