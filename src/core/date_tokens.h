/// The numbers, words and marks of a text, as dates are put together from them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace riptide::core {

struct DateToken {
    enum Kind : std::uint8_t { kNumber, kWord, kMark } kind = kMark;
    char32_t mark = 0;  ///< Of marks; white space is no token.
    int value = 0;      ///< Of numbers: their first nine digits.
    int digits = 0;     ///< Of numbers.
    int month = 0;      ///< Of words: as `month_of_word` says.
    bool after_space = false;
    std::size_t at = 0;
    std::size_t end = 0;  ///< `text[at, end)` is the token.
};

/// The first 80 tokens of a text. Decimal digits of many scripts are read as such. The characters
/// that East Asian dates put behind their numbers are marks.
struct DateTokens {
    explicit DateTokens(std::string_view text);

    std::array<DateToken, 80> list;
    std::size_t size = 0;
};

}  // namespace riptide::core
