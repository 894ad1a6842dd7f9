/// Searching bytes.
#pragma once

#include <cstddef>
#include <cstring>

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

namespace riptide {

/// The first `byte` in [begin, end), or `end`.
inline const unsigned char* find_byte(const unsigned char* begin, const unsigned char* end,
                                      unsigned char byte) {
#ifdef __wasm_simd128__
    // The guest's C library looks at four bytes at a time; this at sixty-four.
    const v128_t wanted = wasm_i8x16_splat(static_cast<signed char>(byte));
    const auto equal = [&wanted](const unsigned char* at) {
        return wasm_i8x16_eq(wasm_v128_load(at), wanted);
    };
    while (end - begin >= 64) {
        const v128_t any = wasm_v128_or(wasm_v128_or(equal(begin), equal(begin + 16)),
                                        wasm_v128_or(equal(begin + 32), equal(begin + 48)));
        if (wasm_v128_any_true(any)) break;
        begin += 64;
    }
    while (end - begin >= 16) {
        const unsigned mask = wasm_i8x16_bitmask(equal(begin));
        if (mask != 0) return begin + __builtin_ctz(mask);
        begin += 16;
    }
    while (begin != end && *begin != byte) ++begin;
    return begin;
#else
    const auto size = static_cast<std::size_t>(end - begin);
    const void* found = size == 0 ? nullptr : std::memchr(begin, byte, size);
    return found == nullptr ? end : static_cast<const unsigned char*>(found);
#endif
}

}  // namespace riptide
