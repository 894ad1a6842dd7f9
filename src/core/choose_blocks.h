/// Decides of each block of a page whether it is content.
#pragma once

#include <riptide/explanation.h>

#include <vector>

#include "core/classify.h"
#include "core/page_analysis.h"

namespace riptide::core {

struct BlockChoice {
    Verdict verdict;
    std::vector<Reason> reasons;  ///< By block.
};

/// By the classifier's verdict, but for what belongs together (`keep_together`), later articles,
/// and pages with nothing to read: of those no block is kept. Linear in the page.
BlockChoice choose_blocks(const Dom& dom, const PageAnalysis& page);

}  // namespace riptide::core
