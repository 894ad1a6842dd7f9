#include "core/text_shape.h"

#include <array>
#include <cstring>

#include "base/bytes.h"
#include "core/chars.h"

namespace riptide::core {
namespace {

enum class Look : std::uint8_t {
    kOther,
    kSpace,
    kDigit,
    kCapital,
    kStop,
    kSeparator,
    kCurrency,
    kSign,
    kClosing,
};
constexpr std::size_t kLookCount = 9;

constexpr Look look_of(char32_t c) {
    if (c >= U'0' && c <= U'9') return Look::kDigit;
    if (c >= U'A' && c <= U'Z') return Look::kCapital;
    if (c >= 0x20A0 && c <= 0x20CF) return Look::kCurrency;
    switch (c) {
        case U'.':
        case U'!':
        case U'?':
        case 0x2026:  // horizontal ellipsis
        case 0x061F:  // Arabic question mark
        case 0x06D4:  // Arabic full stop
        case 0x0964:  // danda
        case 0x3002:  // ideographic full stop
        case 0xFF01:
        case 0xFF0E:
        case 0xFF1F:
            return Look::kStop;
        case U'|':
        case U'/':
        case U'>':
        case 0x00AB:
        case 0x00B7:
        case 0x00BB:
        case 0x2022:
        case 0x203A:
        case 0x2190:
        case 0x2192:
            return Look::kSeparator;
        case U'$':
        case 0x00A3:
        case 0x00A5:
            return Look::kCurrency;
        case U'@':
        case 0x00A9:
            return Look::kSign;
        case U'"':
        case U'\'':
        case U')':
        case 0x2019:
        case 0x201C:
        case 0x201D:
        case 0x300D:
            return Look::kClosing;
        default:
            return Look::kOther;
    }
}

constexpr std::array<Look, 256> kLooks = [] {
    std::array<Look, 256> table{};
    for (unsigned c = 0; c < 0x80; ++c) {
        table[c] = is_space(static_cast<char>(c)) ? Look::kSpace : look_of(c);
    }
    return table;
}();

/// All but the ASCII that counts as nothing but a letter.
constexpr ByteSet kTelling = ByteSet::where([](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || kLooks[byte] != Look::kOther;
});

/// Tells texts apart; eight bytes at a time.
std::uint64_t mix(std::uint64_t hash, std::string_view text) {
    constexpr std::uint64_t kPrime = 0x9E3779B97F4A7C15ULL;
    const auto step = [&hash](std::uint64_t word) {
        hash = (hash ^ word) * kPrime;
        hash ^= hash >> 29U;
    };
    std::uint64_t word = 0;
    for (; text.size() >= sizeof word; text.remove_prefix(sizeof word)) {
        std::memcpy(&word, text.data(), sizeof word);
        step(word);
    }
    word = text.size();
    for (const char c : text) word = word << 8U | static_cast<unsigned char>(c);
    step(word);
    return hash;
}

}  // namespace

void TextShape::add(std::string_view text) {
    hash = mix(hash, text);
    bool in_word = false;
    std::array<std::uint32_t, kLookCount> looks{};
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        Look look = kLooks[byte];
        if (look == Look::kSpace) {
            in_word = false;
            ++at;
            continue;
        }
        words += in_word ? 0 : 1;
        in_word = true;
        // The letters of a word: most of most texts.
        if (look == Look::kOther && byte < 0x80) {
            const std::size_t begin = at;
            at = kTelling.find(text, at + 1);
            bytes += static_cast<std::uint32_t>(at - begin);
            last = static_cast<unsigned char>(text[at - 1]);
            continue;
        }
        const std::size_t begin = at;
        const char32_t c = next_code_point(text, at);
        bytes += static_cast<std::uint32_t>(at - begin);
        if (byte >= 0x80) look = look_of(c);
        ++looks[static_cast<std::size_t>(look)];
        if (look != Look::kClosing) last = c;
    }
    const auto count = [&looks](Look look) { return looks[static_cast<std::size_t>(look)]; };
    digits += count(Look::kDigit);
    capitals += count(Look::kCapital);
    stops += count(Look::kStop);
    separators += count(Look::kSeparator);
    currencies += count(Look::kCurrency);
    signs += count(Look::kSign);
}

bool TextShape::ends_sentence() const { return look_of(last) == Look::kStop; }

std::uint8_t TextShape::ending() const {
    if (last == U':' || last == 0xFF1A) return 2;
    if (look_of(last) == Look::kDigit) return 1;
    if (!ends_sentence()) return 0;
    if (last == 0x2026) return 13;
    if (last == U'?' || last == 0xFF1F || last == 0x061F) return 12;
    return last == U'!' || last == 0xFF01 ? 11 : 10;
}

}  // namespace riptide::core
