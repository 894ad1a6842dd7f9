#include "pool/faulty_pages.h"

namespace riptide {

using sys::MutexLock;

FaultyPages::FaultyPages(SipKey key, std::size_t capacity) : key_(key), capacity_(capacity) {}

void FaultyPages::remember(std::string_view page, std::uint64_t generation) {
    const Fingerprint fingerprint{page.size(), siphash(key_, page)};
    const MutexLock lock(mutex_);
    if (generation != this->generation() || !known_.insert(fingerprint).second) return;
    oldest_first_.push_back(fingerprint);
    if (oldest_first_.size() > capacity_) {
        known_.erase(oldest_first_.front());
        oldest_first_.pop_front();
    }
    size_.store(known_.size(), std::memory_order_relaxed);
}

bool FaultyPages::contains(std::string_view page) const {
    if (size() == 0) return false;
    {
        const MutexLock lock(mutex_);
        const auto same_size = known_.lower_bound({page.size(), 0});
        if (same_size == known_.end() || same_size->size != page.size()) return false;
    }
    const std::uint64_t hash = siphash(key_, page);
    const MutexLock lock(mutex_);
    return known_.contains({page.size(), hash});
}

void FaultyPages::clear() {
    const MutexLock lock(mutex_);
    generation_.fetch_add(1, std::memory_order_release);
    known_.clear();
    oldest_first_.clear();
    size_.store(0, std::memory_order_relaxed);
}

}  // namespace riptide
