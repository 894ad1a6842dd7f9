/// Enumerations whose names are values of flags.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace riptide::app {

/// The enumerator of a name that the parser has checked already, so it is one of `names`.
template <typename Enum, std::size_t N>
Enum choice(const std::array<std::string_view, N>& names, std::string_view name) {
    return static_cast<Enum>(std::ranges::find(names, name) - names.begin());
}

}  // namespace riptide::app
