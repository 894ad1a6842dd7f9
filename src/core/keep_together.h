/// What makes no sense in pieces is content as a whole or not at all, and what stands in the midst
/// of content need not score as high as what stands apart.
#pragma once

#include <riptide/explanation.h>

#include <vector>

#include "core/classify.h"

namespace riptide::core {

/// Of tables of data and of code, and of lists of definitions, all blocks go where most of their
/// text goes. Code between two kept blocks is kept, and so are headings, items of lists and data
/// tables that may be content by a quarter; so is the caption of a figure, wherever it is, that is
/// likelier content than not. `reasons` are those of the blocks. Linear in the page.
void keep_together(const Dom& dom, const TextBlocks& blocks, const Verdict& verdict,
                   std::vector<Reason>& reasons);

}  // namespace riptide::core
