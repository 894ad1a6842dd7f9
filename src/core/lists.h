/// How lists read best.
#pragma once

#include "core/blocks.h"

namespace riptide::core {

/// Markdown has no container of this kind: what is in it stands in the container around it.
constexpr bool is_flat_in_markdown(BlockKind kind) {
    return kind == BlockKind::kFigure || kind == BlockKind::kDefinitions ||
           kind == BlockKind::kDescription;
}

/// Sets `ordered`, `reversed` and `number` of all lists, and `number` of their items, as the HTML
/// standard counts them. Numbers that CommonMark cannot write (below 0, above 999,999,999) are as
/// if the page had not given them, and none is counted to: a rendering that could tell them would
/// contradict the others.
void number_lists(const Dom& dom, std::vector<Block>& blocks);

/// Sets `loose` of all lists. A list is loose when an item of it holds more than one block with
/// lists below it: only the plainest items read well, and unambiguously, without empty lines.
/// Linear: each block is looked at as a child once, and once more in each figure around it.
void mark_loose_lists(std::vector<Block>& blocks);

}  // namespace riptide::core
