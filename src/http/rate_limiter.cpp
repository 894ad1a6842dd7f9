#include "http/rate_limiter.h"

#include <algorithm>

namespace riptide::http {

bool RateLimiter::admit(ClientKey client, std::uint32_t per_second, Clock::time_point now) {
    const sys::MutexLock lock(mutex_);
    if (buckets_.size() >= kMostClients && !buckets_.contains(client)) forget(now);
    const double most = per_second;
    Bucket& bucket = buckets_.try_emplace(client, Bucket{most, now}).first->second;
    // A request whose head came slowly began before those that overtook it.
    const Clock::time_point filled = std::max(bucket.filled, now);
    const std::chrono::duration<double> passed = filled - bucket.filled;
    bucket.tokens = std::min(most, bucket.tokens + passed.count() * most);
    bucket.filled = filled;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
}

void RateLimiter::forget(Clock::time_point now) {
    // After a second any bucket is full, whatever the limit.
    std::erase_if(buckets_, [now](const auto& entry) {
        return now - entry.second.filled >= std::chrono::seconds(1);
    });
    if (buckets_.size() >= kMostClients) buckets_.clear();
}

}  // namespace riptide::http
