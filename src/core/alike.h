/// What repeats on a page.
#pragma once

#include <cstdint>
#include <vector>

#include "core/signals.h"

namespace riptide::core {

/// By node, a hash of the path to an element: tags and, as far as a look at their length and ends
/// tells, classes. Elements with the same are built alike. Linear in the page.
std::vector<std::uint64_t> element_paths(const Dom& dom, const Signals& signals);

/// Numbers the keys so that equal ones have the same number, from 0 on in the order of the keys.
/// Returns how many there are. Sorts.
std::uint32_t number_equal(const std::vector<std::uint64_t>& keys,
                           std::vector<std::uint32_t>& numbers);

}  // namespace riptide::core
