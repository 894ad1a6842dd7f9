/// SipHash-2-4, a keyed hash: who does not know the key cannot make two inputs collide.
/// Source: J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input PRF" (2012).
#pragma once

#include <cstdint>
#include <string_view>

namespace riptide {

/// Secret; from `sys::random_bits`, except in tests.
struct SipKey {
    std::uint64_t low;
    std::uint64_t high;
};

/// Takes less than a microsecond for each KiB. Thread-safe.
std::uint64_t siphash(SipKey key, std::string_view bytes) noexcept;

}  // namespace riptide
