#include "core/text_filter.h"

#include "core/chars.h"

namespace riptide::core {

/// Words are runs of ASCII letters and digits and of bytes of other scripts; case does not count.
template <class Visit>
void TextFilter::for_each_run(std::string_view text, Visit visit) const {
    std::uint32_t before[2] = {};  // the hashes of the two words before
    std::uint32_t words = 0;
    for (std::size_t at = 0; at < text.size();) {
        std::uint32_t hash = 2166136261U;
        const std::size_t begin = at;
        for (; at < text.size(); ++at) {
            const char c = to_lower(text[at]);
            const bool in_word =
                (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
            if (!in_word) break;
            hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
        }
        if (at == begin) {
            ++at;
            continue;
        }
        if (++words >= run_) {
            std::uint32_t key = hash;
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
        bits_.set(bit);
        empty_ = false;
    });
}

TextFilter::Count TextFilter::count(std::string_view text) const {
    // Short words are in every text.
    constexpr std::size_t kWordBytes = 4;
    Count count;
    for_each_run(text, [this, &count](std::size_t bit, std::size_t bytes) {
        if (run_ == 1 && bytes < kWordBytes) return;
        ++count.all;
        if (bits_.test(bit)) ++count.known;
    });
    return count;
}

}  // namespace riptide::core
