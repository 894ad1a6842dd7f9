/// Tells how a page was read.
#pragma once

#include <riptide/explanation.h>
#include <riptide/options.h>

#include "core/metadata.h"
#include "core/selection.h"
#include "core/truncations.h"

namespace riptide::core {

/// Decides again what `selection` was decided from, and keeps the grounds. `mode` is the one that
/// made the selection. More than `kMaxListEntries` blocks are cut, which is added to `truncations`.
/// Linear in the page, but for the classifier's trees: each is asked once for each block.
Explanation explain(const Dom& dom, const Metadata& metadata, const Selection& selection,
                    ExtractionMode mode, Truncations& truncations);

}  // namespace riptide::core
