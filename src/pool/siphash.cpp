#include "pool/siphash.h"

#include <bit>
#include <cstddef>

namespace riptide {
namespace {

/// The paper's internal state v0 ... v3.
struct State {
    std::uint64_t v0;
    std::uint64_t v1;
    std::uint64_t v2;
    std::uint64_t v3;

    void round() {
        v0 += v1;
        v2 += v3;
        v1 = std::rotl(v1, 13) ^ v0;
        v3 = std::rotl(v3, 16) ^ v2;
        v0 = std::rotl(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = std::rotl(v1, 17) ^ v2;
        v3 = std::rotl(v3, 21) ^ v0;
        v2 = std::rotl(v2, 32);
    }

    void compress(std::uint64_t word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }
};

/// Up to eight bytes as a little-endian number; compilers make one load of a full word.
std::uint64_t little_endian(std::string_view bytes) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
    return word;
}

}  // namespace

std::uint64_t siphash(SipKey key, std::string_view bytes) noexcept {
    State state{key.low ^ 0x736f6d6570736575U, key.high ^ 0x646f72616e646f6dU,
                key.low ^ 0x6c7967656e657261U, key.high ^ 0x7465646279746573U};
    const std::size_t whole = bytes.size() / 8 * 8;
    for (std::size_t at = 0; at < whole; at += 8) {
        state.compress(little_endian({bytes.data() + at, 8}));
    }
    state.compress(std::uint64_t{bytes.size()} << 56U |
                   little_endian({bytes.data() + whole, bytes.size() - whole}));
    state.v2 ^= 0xff;
    for (int i = 0; i < 4; ++i) state.round();
    return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

}  // namespace riptide
