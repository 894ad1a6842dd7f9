/// Searching bytes. Thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace riptide {

/// Some of the 256 bytes, chosen at compile time.
class ByteSet {
public:
    template <typename Predicate>
    static constexpr ByteSet where(Predicate holds) {
        ByteSet set;
        for (std::size_t byte = 0; byte < set.table_.size(); ++byte) {
            set.table_[byte] = holds(static_cast<char>(byte));
        }
        return set;
    }
    static constexpr ByteSet of(std::string_view bytes) {
        return where([bytes](char byte) { return bytes.find(byte) != std::string_view::npos; });
    }

    [[nodiscard]] constexpr bool contains(char byte) const {
        return table_[static_cast<unsigned char>(byte)];
    }

    /// The offset of the first byte of the set at `from` or after it, or `text.size()`.
    [[nodiscard]] constexpr std::size_t find(std::string_view text, std::size_t from) const {
        // In steps, because in the guest each round of a loop also looks for the deadline.
        for (; from + 4 <= text.size(); from += 4) {
            if (contains(text[from])) return from;
            if (contains(text[from + 1])) return from + 1;
            if (contains(text[from + 2])) return from + 2;
            if (contains(text[from + 3])) return from + 3;
        }
        while (from < text.size() && !contains(text[from])) ++from;
        return from;
    }

private:
    std::array<bool, 256> table_{};
};

/// The first `byte` in [begin, end), or `end`.
inline const unsigned char* find_byte(const unsigned char* begin, const unsigned char* end,
                                      unsigned char byte) {
    const auto size = static_cast<std::size_t>(end - begin);
    const void* found = size == 0 ? nullptr : std::memchr(begin, byte, size);
    return found == nullptr ? end : static_cast<const unsigned char*>(found);
}

}  // namespace riptide
