// Of the C library's functions on bytes, those in which a page spends its time. The compiler's own
// go byte by byte, and each loop asks once a round whether the call's deadline has passed; these go
// in steps of a vector, or of a word where the guest has no vectors. None reads past what it was
// given.
#include <bit>
#include <cstddef>
#include <cstdint>

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

namespace {

using Byte = unsigned char;

// Through the builtin, which is one load wherever the bytes lie.
template <class Word>
Word load(const Byte* at) {
    Word word;
    __builtin_memcpy(&word, at, sizeof word);
    return word;
}

#ifdef __wasm_simd128__

constexpr std::size_t kStep = 16;

/// The first of the step's bytes that is `byte`, or `kStep`.
std::size_t find_in_step(const Byte* at, v128_t wanted) {
    const std::uint32_t hits = wasm_i8x16_bitmask(wasm_i8x16_eq(wasm_v128_load(at), wanted));
    return hits == 0 ? kStep : static_cast<std::size_t>(std::countr_zero(hits));
}
/// Past most of the steps, four at a time, that have no such byte.
std::size_t skip_steps(const Byte* at, std::size_t size, v128_t wanted) {
    std::size_t skipped = 0;
    for (; size - skipped >= 4 * kStep; skipped += 4 * kStep) {
        const auto hits = [&](std::size_t step) {
            return wasm_i8x16_eq(wasm_v128_load(at + skipped + step * kStep), wanted);
        };
        if (wasm_v128_any_true(
                wasm_v128_or(wasm_v128_or(hits(0), hits(1)), wasm_v128_or(hits(2), hits(3))))) {
            break;
        }
    }
    return skipped;
}
v128_t pattern_of(Byte byte) { return wasm_u8x16_splat(byte); }

/// The first of the step's bytes in which the two differ, or `kStep`.
std::size_t differ_in_step(const Byte* left, const Byte* right) {
    const std::uint32_t same =
        wasm_i8x16_bitmask(wasm_i8x16_eq(wasm_v128_load(left), wasm_v128_load(right)));
    return static_cast<std::size_t>(std::countr_one(static_cast<std::uint16_t>(same)));
}

#else

constexpr std::size_t kStep = 8;
constexpr std::uint64_t kOnes = 0x0101010101010101;

/// Zero bytes found as Mycroft's test does; the lowest one found is a real one.
std::size_t find_in_step(const Byte* at, std::uint64_t wanted) {
    const std::uint64_t word = load<std::uint64_t>(at) ^ wanted;
    const std::uint64_t zeros = (word - kOnes) & ~word & (kOnes << 7);
    return static_cast<std::size_t>(std::countr_zero(zeros)) / 8;
}
/// Words are looked at one by one: four together cost more than they skip.
std::size_t skip_steps(const Byte*, std::size_t, std::uint64_t) { return 0; }
std::uint64_t pattern_of(Byte byte) { return kOnes * byte; }

std::size_t differ_in_step(const Byte* left, const Byte* right) {
    const std::uint64_t difference = load<std::uint64_t>(left) ^ load<std::uint64_t>(right);
    return static_cast<std::size_t>(std::countr_zero(difference)) / 8;
}

#endif

}  // namespace

extern "C" {

void* memchr(const void* memory, int value, std::size_t size) {
    const auto* at = static_cast<const Byte*>(memory);
    const auto byte = static_cast<Byte>(value);
    const auto wanted = pattern_of(byte);
    const std::size_t skipped = skip_steps(at, size, wanted);
    at += skipped;
    size -= skipped;
    for (; size >= kStep; at += kStep, size -= kStep) {
        if (const std::size_t hit = find_in_step(at, wanted); hit < kStep) {
            return const_cast<Byte*>(at + hit);
        }
    }
    for (; size > 0; ++at, --size) {
        if (*at == byte) return const_cast<Byte*>(at);
    }
    return nullptr;
}

int memcmp(const void* left_memory, const void* right_memory, std::size_t size) {
    const auto* left = static_cast<const Byte*>(left_memory);
    const auto* right = static_cast<const Byte*>(right_memory);
    for (; size >= kStep; left += kStep, right += kStep, size -= kStep) {
        if (const std::size_t first = differ_in_step(left, right); first < kStep) {
            return left[first] - right[first];
        }
    }
    for (; size > 0; ++left, ++right, --size) {
        if (*left != *right) return *left - *right;
    }
    return 0;
}

}  // extern "C"
