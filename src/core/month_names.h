/// The names of the months in the languages of the web.
#pragma once

#include <string_view>

namespace riptide::core {

/// Added to the months of the Solar Hijri calendar of Iran.
inline constexpr int kSolarHijri = 100;

/// The month that a word names, whole or abbreviated, in any case, inflected or not: 1 to 12, or
/// 101 to 112 for Solar Hijri months. 0 where it names none. The word has no full stop.
int month_of_word(std::string_view word);

}  // namespace riptide::core
