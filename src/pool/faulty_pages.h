/// Pages that brought the guest down while the engine was sound.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <set>
#include <string_view>

#include "pool/siphash.h"
#include "sys/mutex.h"

namespace riptide {

/// Remembers the last pages that were at fault (a trap, a timeout or a memory limit, while the
/// canary passed), so that a repeat goes straight to the isolated fallback. Keeps a keyed hash of
/// each page's bytes and no bytes, so a wrong match is as likely as a guess of 64 bits, and would
/// cost the sandbox's speed but not its answer. Memory is bounded by `capacity`. Thread-safe.
class FaultyPages {
public:
    static constexpr std::size_t kCapacity = 1024;

    explicit FaultyPages(SipKey key, std::size_t capacity = kCapacity);

    /// Remembers a page that was at fault, unless all has been forgotten since the generation was
    /// `generation`. Where the memory is full, the one remembered first makes room.
    void remember(std::string_view page, std::uint64_t generation);
    /// Another after each `clear`: to be asked before the component is chosen that may go wrong.
    [[nodiscard]] std::uint64_t generation() const {
        return generation_.load(std::memory_order_acquire);
    }
    /// Whether the page is remembered. A page is hashed only when one of its size is.
    [[nodiscard]] bool contains(std::string_view page) const;
    /// Forgets all, as when another component takes over.
    void clear();
    [[nodiscard]] std::size_t size() const { return size_.load(std::memory_order_relaxed); }

private:
    struct Fingerprint {
        std::size_t size;
        std::uint64_t hash;
        auto operator<=>(const Fingerprint&) const = default;
    };

    const SipKey key_;
    const std::size_t capacity_;
    /// Of `known_`, so that a lookup takes no lock while nothing is remembered, which is usual.
    std::atomic<std::size_t> size_{0};
    std::atomic<std::uint64_t> generation_{0};
    mutable sys::Mutex mutex_;
    /// A tree, whose depth nobody can drive up by choosing pages.
    std::set<Fingerprint> known_ RIPTIDE_GUARDED_BY(mutex_);
    std::deque<Fingerprint> oldest_first_ RIPTIDE_GUARDED_BY(mutex_);
};

}  // namespace riptide
