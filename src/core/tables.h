/// Tables: which of them hold data, and how their cells lie on a grid.
#pragma once

#include "core/blocks.h"

namespace riptide::core {

/// False for tables that lay a page out: those inside which other tables, or in unlabelled cells
/// headings, lists or long texts stand, and those of one row or column. What a selection drops
/// does not count. Reads up to the first table inside, so nested tables cost linear time together.
bool is_data_table(const Dom& dom, const Selection& selection, NodeId table);

/// Reads spans, alignment and kind of a `<td>` or `<th>`.
void describe_cell(const Dom& dom, NodeId node, Block& cell);

/// Places the cells of a closed table on its grid: columns, and spans cut to the table. Spans cost
/// at most a few grid places per real cell; those beyond count as 1.
void lay_out_table(Blocks& model, BlockId table);

}  // namespace riptide::core
