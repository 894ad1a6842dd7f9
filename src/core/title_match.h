/// Does a heading repeat the document's title?
#pragma once

#include <string_view>

namespace riptide::core {

/// Share of `heading`'s words, by length, that occur in `title`: 0 to 1; 0 when either has no
/// words. Words are runs of ASCII letters and digits and of bytes of other scripts; ASCII case does
/// not count.
double title_similarity(std::string_view title, std::string_view heading);

}  // namespace riptide::core
