#include "base/utf8.h"

#include <bit>
#include <cstdint>
#include <cstring>

namespace riptide {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080;

/// What may follow a lead byte: how many bytes, and the bounds of the first of them.
struct Lead {
    unsigned size;  ///< Of the whole sequence; 0 when the byte leads none.
    unsigned low;
    unsigned high;
};

Lead classify(unsigned lead) noexcept {
    if (lead < 0xC2) return {lead < 0x80 ? 1U : 0U, 0, 0};
    if (lead < 0xE0) return {2, 0x80, 0xBF};
    // No overlong forms (E0, F0), no surrogates (ED), nothing above U+10FFFF (F4).
    if (lead < 0xF0) return {3, lead == 0xE0 ? 0xA0U : 0x80U, lead == 0xED ? 0x9FU : 0xBFU};
    if (lead < 0xF5) return {4, lead == 0xF0 ? 0x90U : 0x80U, lead == 0xF4 ? 0x8FU : 0xBFU};
    return {0, 0, 0};
}

/// Bytes of the well-formed sequence at `at`, or 0.
std::size_t sequence_size(std::string_view bytes, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
    const Lead lead = classify(byte(0));
    if (lead.size <= 1) return lead.size;
    if (lead.size > bytes.size() - at) return 0;
    if (byte(1) < lead.low || byte(1) > lead.high) return 0;
    for (std::size_t i = 2; i < lead.size; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    return lead.size;
}

/// Bytes of ASCII at the start of the eight in `word`, which are not all ASCII.
std::size_t ascii_before(std::uint64_t word) noexcept {
    const std::uint64_t high = word & kHighBits;
    const int bits = std::endian::native == std::endian::little ? std::countr_zero(high)
                                                                : std::countl_zero(high);
    return static_cast<std::size_t>(bits) / 8;
}

std::uint64_t load(const char* bytes) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

/// The offset of the first byte at or after `at` that is not ASCII, or the size.
std::size_t skip_ascii(std::string_view bytes, std::size_t at) noexcept {
    for (; at + 32 <= bytes.size(); at += 32) {
        const char* block = bytes.data() + at;
        const std::uint64_t any =
            load(block) | load(block + 8) | load(block + 16) | load(block + 24);
        if ((any & kHighBits) != 0) break;
    }
    for (; at + 8 <= bytes.size(); at += 8) {
        const std::uint64_t word = load(bytes.data() + at);
        if ((word & kHighBits) != 0) return at + ascii_before(word);
    }
    while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
    return at;
}

}  // namespace

std::size_t first_invalid_utf8(std::string_view bytes) noexcept {
    std::size_t at = skip_ascii(bytes, 0);
    while (at < bytes.size()) {
        if (static_cast<unsigned char>(bytes[at]) < 0x80) {
            // Text in other scripts has single spaces and marks; only markup has long ASCII runs.
            ++at;
            if (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) {
                at = skip_ascii(bytes, at + 1);
            }
            continue;
        }
        const std::size_t size = sequence_size(bytes, at);
        if (size == 0) return at;
        at += size;
    }
    return at;
}

std::size_t invalid_utf8_size(std::string_view bytes, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
    const std::size_t left = bytes.size() - at;
    const Lead lead = classify(byte(0));
    if (lead.size < 2 || left < 2 || byte(1) < lead.low || byte(1) > lead.high) return 1;
    std::size_t size = 2;
    while (size + 1 < lead.size && size < left && (byte(size) & 0xC0) == 0x80) ++size;
    return size;
}

}  // namespace riptide
