/// What the characters of a text look like, in any script.
#pragma once

#include <cstdint>
#include <string_view>

namespace riptide::core {

/// Counts are of code points unless said otherwise.
struct TextShape {
    std::uint32_t bytes = 0;
    std::uint32_t words = 0;  ///< Runs between white space.
    std::uint32_t digits = 0;
    std::uint32_t capitals = 0;    ///< ASCII.
    std::uint32_t stops = 0;       ///< Ends of sentences, of the world's scripts.
    std::uint32_t separators = 0;  ///< Bars, bullets, arrows, slashes.
    std::uint32_t currencies = 0;
    std::uint32_t signs = 0;  ///< Of copyright, and at signs.
    char32_t last = 0;        ///< The last that is no white space.
    std::uint64_t hash = 0;   ///< Of the bytes, white space included.

    /// Goes on with the next text of the same block.
    void add(std::string_view text);
    [[nodiscard]] bool ends_sentence() const;
    /// What kind of character is last: 0 most, 1 digits, 2 colons, from 10 on ends of sentences.
    [[nodiscard]] std::uint8_t ending() const;
};

}  // namespace riptide::core
