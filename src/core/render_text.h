/// Text of a block model.
#pragma once

#include <string>

#include "core/blocks.h"

namespace riptide::core {

/// Plain text: an empty line between two blocks; items of a list, terms and descriptions and rows
/// of a table stand on lines of their own, without markers; a tab leads from column to column of a
/// table; a line break stays one; code keeps its lines. Images and rules have no text.
///
/// What exceeds `kMaxOutputBytes` is cut between blocks, and `kOutput` added to `truncations`.
std::string render_text(const Blocks& model, Truncations& truncations);

}  // namespace riptide::core
