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

bool is_trail(unsigned char byte) noexcept { return (byte & 0xC0) == 0x80; }

/// Bytes of the well-formed sequence at `p`, or 0; four bytes are there to be read.
std::size_t sequence_size(const unsigned char* p) noexcept {
    const unsigned lead = p[0];
    if (lead < 0xE0) {
        if (lead < 0x80) return 1;
        return lead >= 0xC2 && is_trail(p[1]) ? 2 : 0;
    }
    if (!is_trail(p[1]) || !is_trail(p[2])) return 0;
    // The bits above the last eleven: the least are overlong forms, 0x1B are the surrogates.
    if (lead < 0xF0) {
        const unsigned block = (lead & 0xFU) << 1 | (p[1] & 0x20U) >> 5;
        return block != 0 && block != 0x1B ? 3 : 0;
    }
    // The bits above the last sixteen: planes 1 to 16 exist and need four bytes.
    const unsigned plane = (lead & 0xFU) << 2 | (p[1] & 0x30U) >> 4;
    return plane >= 1 && plane <= 16 && is_trail(p[3]) ? 4 : 0;
}

/// As above for the end of `bytes`: what is not there is no trail byte.
std::size_t last_sequence_size(std::string_view bytes, std::size_t at) noexcept {
    unsigned char padded[4] = {};
    std::memcpy(padded, bytes.data() + at, bytes.size() - at);
    return sequence_size(padded);
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

std::size_t ascii_size(std::string_view bytes) noexcept { return skip_ascii(bytes, 0); }

std::size_t first_invalid_utf8(std::string_view bytes) noexcept {
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    std::size_t at = skip_ascii(bytes, 0);
    while (at + 4 <= bytes.size()) {
        // Text in other scripts has single spaces and marks; only markup has long ASCII runs.
        if (data[at] < 0x80 && data[at + 1] < 0x80) {
            at = skip_ascii(bytes, at + 2);
            continue;
        }
        const std::size_t size = sequence_size(data + at);
        if (size == 0) return at;
        at += size;
    }
    while (at < bytes.size()) {
        const std::size_t size = last_sequence_size(bytes, at);
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
    while (size + 1 < lead.size && size < left && is_trail(byte(size))) ++size;
    return size;
}

std::string valid_utf8(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    for (;;) {
        const std::size_t valid = first_invalid_utf8(bytes);
        out += bytes.substr(0, valid);
        if (valid == bytes.size()) return out;
        out += "\uFFFD";
        bytes.remove_prefix(valid + invalid_utf8_size(bytes, valid));
    }
}

char32_t next_wide_code_point(std::string_view text, std::size_t& at) noexcept {
    const auto byte = [&](std::size_t i) -> std::uint32_t {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const std::uint32_t lead = byte(at);
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
    std::uint32_t point = size == 2 ? lead & 0x1F : size == 3 ? lead & 0x0F : lead & 0x07;
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) {
            at += i;
            return 0xFFFD;
        }
        point = (point << 6) | (byte(at + i) & 0x3F);
    }
    at += size;
    return size == 1 ? 0xFFFD : point;
}

}  // namespace riptide
