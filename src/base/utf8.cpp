#include "base/utf8.h"

#include <cstdint>
#include <cstring>

namespace riptide {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080;

/// Bytes of the well-formed sequence at `at`, or 0.
std::size_t sequence_size(std::string_view bytes, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
    const std::size_t left = bytes.size() - at;
    const auto in = [&](std::size_t i, unsigned low, unsigned high) {
        return i < left && byte(i) >= low && byte(i) <= high;
    };
    const unsigned lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead < 0xC2) return 0;
    if (lead < 0xE0) return in(1, 0x80, 0xBF) ? 2 : 0;
    if (lead < 0xF0) {
        // No overlong forms (E0), no surrogates (ED).
        const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
        const unsigned high = lead == 0xED ? 0x9F : 0xBF;
        return in(1, low, high) && in(2, 0x80, 0xBF) ? 3 : 0;
    }
    if (lead > 0xF4) return 0;
    // No overlong forms (F0), nothing above U+10FFFF (F4).
    const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
    return in(1, low, high) && in(2, 0x80, 0xBF) && in(3, 0x80, 0xBF) ? 4 : 0;
}

}  // namespace

std::size_t first_invalid_utf8(std::string_view bytes) noexcept {
    std::size_t at = 0;
    while (at < bytes.size()) {
        while (at + 8 <= bytes.size()) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes.data() + at, 8);
            if ((word & kHighBits) != 0) break;
            at += 8;
        }
        if (at == bytes.size()) break;
        const std::size_t size = sequence_size(bytes, at);
        if (size == 0) return at;
        at += size;
    }
    return at;
}

}  // namespace riptide
