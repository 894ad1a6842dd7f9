/// Sixteen bytes with a sign at once: what forests compute with. A vector extension of GCC and
/// Clang, which targets without such registers do without.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "core/feature_table.h"
#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

// The compiler makes the function for newer processors, too, and the loader picks one.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define RIPTIDE_FOR_NEWER_PROCESSORS [[gnu::target_clones("avx2", "ssse3", "default")]]
#else
#define RIPTIDE_FOR_NEWER_PROCESSORS
#endif

namespace riptide::core {

inline constexpr std::size_t kLanes = FeatureTable::kBatch;

#if defined(__wasm__) && !defined(__wasm_simd128__)
inline constexpr bool kHasLanes = false;  // they go through memory
#else
inline constexpr bool kHasLanes = true;
#endif

using Lanes [[gnu::vector_size(kLanes)]] = std::int8_t;
using WideLanes [[gnu::vector_size(kLanes)]] = std::int16_t;

template <typename From>
inline Lanes load(const From* from) {
    Lanes lanes;
    std::memcpy(&lanes, from, sizeof lanes);
    return lanes;
}

inline Lanes splat(const std::int8_t& value) {
#if defined(__wasm_simd128__)
    // Behind the compiler's back, or else it loads many at once and takes them apart again.
    const std::int8_t* at = &value;
    asm("" : "+r"(at));
    return reinterpret_cast<Lanes>(wasm_v128_load8_splat(at));
#else
    return Lanes{} + value;
#endif
}

/// The entries of a table that `index`, from 0 to 15, names.
inline Lanes look_up(Lanes table, Lanes index) {
#if defined(__wasm_simd128__)
    return reinterpret_cast<Lanes>(
        wasm_i8x16_swizzle(reinterpret_cast<v128_t>(table), reinterpret_cast<v128_t>(index)));
#elif defined(__clang__)
    Lanes found;
    for (std::size_t i = 0; i < kLanes; ++i) found[i] = table[index[i]];
    return found;
#else
    return __builtin_shuffle(table, index);
#endif
}

inline Lanes choose(Lanes mask, Lanes yes, Lanes no) { return (yes & mask) | (no & ~mask); }

/// Whether any bit is set.
inline bool any(Lanes lanes) {
#if defined(__wasm_simd128__)
    return wasm_v128_any_true(reinterpret_cast<v128_t>(lanes));
#else
    std::uint64_t halves[2];
    std::memcpy(halves, &lanes, sizeof halves);
    return (halves[0] | halves[1]) != 0;
#endif
}

/// Sums of lanes.
class LaneSums {
public:
    /// So many lanes do not overflow 16 bits.
    static constexpr std::size_t kMost = 256;

    void add(Lanes lanes) {
        const auto pairs = reinterpret_cast<WideLanes>(lanes);
        even_ += pairs << 8 >> 8;
        odd_ += pairs >> 8;
    }
    /// Adds each lane's sum to one of the numbers.
    void add_to(std::int32_t* numbers) const {
        for (std::size_t i = 0; i < kLanes / 2; ++i) {
            numbers[2 * i] += even_[i];
            numbers[2 * i + 1] += odd_[i];
        }
    }

private:
    WideLanes even_{};
    WideLanes odd_{};
};

}  // namespace riptide::core
