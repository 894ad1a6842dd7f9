/// Guessing what a mistyped name was meant to be.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace riptide::config {

/// Insertions, deletions, substitutions and swaps of neighbours between two names (Damerau's
/// distance as restricted by optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The name closest to `name`, the first of several; empty only when there are none.
std::string_view nearest(std::string_view name, std::span<const std::string_view> known);

/// "; did you mean X?" when a known name is close enough to be meant, else empty.
std::string suggestion(std::string_view name, std::span<const std::string_view> known);

}  // namespace riptide::config
