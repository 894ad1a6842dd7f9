/// Code shown in a table, with the numbers of its lines in a column of their own.
#pragma once

#include "core/dom.h"

namespace riptide::core {

/// The cell holds the numbers of lines and nothing else: whole numbers that follow each other, or a
/// single 1, with code in the next cell. `in_code`: the table itself stands in a `<pre>`.
bool holds_line_numbers(const Dom& dom, NodeId cell, bool in_code);

}  // namespace riptide::core
