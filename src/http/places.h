/// Room for connections.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <optional>
#include <utility>

namespace riptide::http {

/// How many connections there may be.
struct Allowance {
    std::uint32_t clients;  ///< At most, of those that are served.
    std::uint32_t admin;    ///< The same of the admin listener.
    std::uint32_t extra;    ///< Of either, that are told that there are too many.
};

/// What a process can hold that may have so many descriptors. Where they are short, the admin
/// listener has its share of them all the same.
constexpr Allowance allowance(std::uint64_t descriptors) {
    constexpr std::uint64_t kOwn = 100;  // for all that is no connection
    constexpr std::uint64_t kMost = 1'000'000;
    const std::uint64_t left = std::min(descriptors - std::min(kOwn, descriptors / 2), kMost);
    const std::uint64_t extra = std::min<std::uint64_t>(left / 16, 128);
    const std::uint64_t admin = std::min<std::uint64_t>(left / 4, 64);
    return {static_cast<std::uint32_t>(left - admin - 2 * extra), static_cast<std::uint32_t>(admin),
            static_cast<std::uint32_t>(extra)};
}

/// Counts the open connections of one listener, so that a flood at one keeps nobody from another.
/// Thread-safe, and outlives its places.
class Places {
public:
    /// Of one connection, given back when it goes.
    class Place {
    public:
        Place(Place&& other) noexcept
            : places_(std::exchange(other.places_, nullptr)), is_extra_(other.is_extra_) {}
        Place& operator=(Place&&) = delete;
        ~Place() { give_back(); }

        /// Beyond the limit: its connection is only to be told so.
        [[nodiscard]] bool is_extra() const { return is_extra_; }
        /// After another place was given back for it.
        void promote() { is_extra_ = false; }
        /// Before it goes. May be called again.
        void give_back() {
            if (Places* places = std::exchange(places_, nullptr)) places->taken_.fetch_sub(1);
        }

    private:
        friend class Places;
        Place(Places& places, bool is_extra) : places_(&places), is_extra_(is_extra) {}
        Places* places_;
        bool is_extra_;
    };

    /// A place where there are `limit`, and `extra` beyond them; nothing when all are taken.
    std::optional<Place> take(std::uint32_t limit, std::uint32_t extra) {
        const std::uint32_t before = taken_.fetch_add(1);
        Place place(*this, before >= limit);
        if (before >= std::uint64_t{limit} + extra) return std::nullopt;
        return place;
    }

private:
    std::atomic<std::uint32_t> taken_{0};
};

}  // namespace riptide::http
