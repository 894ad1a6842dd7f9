/// From blocks that were chosen to the part of the page that is rendered.
#pragma once

#include <vector>

#include "core/selection.h"
#include "core/text_blocks.h"

namespace riptide::core {

/// By block: chosen or not.
using ChosenBlocks = std::vector<std::uint8_t>;

/// The nearest element that holds all chosen blocks, without the others. Media stay where the text
/// around them does. No roots when nothing is chosen. Linear in the page.
Selection assemble(const Dom& dom, const Signals& signals, const TextBlocks& blocks,
                   const ChosenBlocks& chosen);

}  // namespace riptide::core
