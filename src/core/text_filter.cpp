#include "core/text_filter.h"

#include <array>

namespace riptide::core {
namespace {

/// Bytes of words as they are compared; 0 for those between words.
constexpr std::array<std::uint8_t, 256> kWordBytes = [] {
    std::array<std::uint8_t, 256> table{};
    for (unsigned c = 0; c < 256; ++c) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool in_word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
        if (in_word) table[c] = static_cast<std::uint8_t>(upper ? c + ('a' - 'A') : c);
    }
    return table;
}();

constexpr std::size_t kWordBits = 32;  // of the filter

}  // namespace

/// Words are runs of ASCII letters and digits and of bytes of other scripts; case does not count.
template <class Visit>
void TextFilter::for_each_run(std::string_view text, Visit visit) const {
    std::uint32_t before[2] = {};  // the hashes of the two words before
    std::uint32_t words = 0;
    for (std::size_t at = 0; at < text.size();) {
        std::uint32_t hash = 5381;
        const std::size_t begin = at;
        for (; at < text.size(); ++at) {
            const std::uint8_t byte = kWordBytes[static_cast<unsigned char>(text[at])];
            if (byte == 0) break;
            hash = hash * 33 + byte;
        }
        if (at == begin) {
            ++at;
            continue;
        }
        if (++words >= run_) {
            std::uint32_t key = hash * 0x9E3779B1U;
            if (run_ > 1) key = (key ^ before[0] * 31) * 0x9E3779B1U;
            if (run_ > 2) key = (key ^ before[1] * 37) * 0x85EBCA77U;
            visit((key ^ key >> 16U) % kBits, at - begin);
        }
        before[1] = before[0];
        before[0] = hash;
    }
}

void TextFilter::learn(std::string_view text) {
    for_each_run(text, [this](std::size_t bit, std::size_t) {
        if (bits_.empty()) bits_.resize(kBits / kWordBits);
        bits_[bit / kWordBits] |= 1U << (bit % kWordBits);
    });
}

TextFilter::Count TextFilter::count(std::string_view text) const {
    // Short words are in every text.
    constexpr std::size_t kLongWord = 4;
    Count count;
    const std::uint32_t* const bits = bits_.empty() ? nullptr : bits_.data();
    for_each_run(text, [this, bits, &count](std::size_t bit, std::size_t bytes) {
        if (run_ == 1 && bytes < kLongWord) return;
        ++count.all;
        if (bits != nullptr && (bits[bit / kWordBits] >> (bit % kWordBits) & 1U) != 0) {
            ++count.known;
        }
    });
    return count;
}

}  // namespace riptide::core
