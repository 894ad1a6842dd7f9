/// Code shown with the numbers of its lines: in a column of a table, or before each line.
#pragma once

#include "core/dom.h"

namespace riptide::core {

/// Each row has a cell with the numbers of lines and one with their code, but for rows of one cell
/// at the top (a file's name). Numbers are whole, follow each other through all rows, and are all
/// that their cell says; a cell without text may have one in an attribute `data-line-number`, for a
/// style sheet to draw. Code is known by a `<pre>` in its cell, by numbers of the latter kind, or
/// `in_code`: the table itself stands in a `<pre>`. Beside one number stands one line.
///
/// Reads up to the first table inside, so nested tables cost linear time together.
bool is_code_table(const Dom& dom, NodeId table, bool in_code);

/// Cells of a row, counted up to the third.
struct RowCells {
    NodeId first = kNoNode;
    NodeId last = kNoNode;
    std::uint32_t count = 0;
};
RowCells cells_of(const Dom& dom, NodeId row);

/// Each line of the `<pre>` begins with its number, in an element made for that: a link or its
/// target, not to be selected, or called a line. Linear in the lines that do.
bool has_numbered_lines(const Dom& dom, NodeId pre);

/// The one `<pre>` or `<code>` that holds all of a cell's text; the cell where there is none.
NodeId code_in_cell(const Dom& dom, NodeId cell);

}  // namespace riptide::core
