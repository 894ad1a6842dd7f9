/// How lists read best.
#pragma once

#include "core/blocks.h"

namespace riptide::core {

/// Sets `loose` of all lists. A list is loose when an item of it holds more than one block with
/// lists below it: only the plainest items read well, and unambiguously, without empty lines.
/// Linear: each block is looked at as a child once.
void mark_loose_lists(std::vector<Block>& blocks);

}  // namespace riptide::core
