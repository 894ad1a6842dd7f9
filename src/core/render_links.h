/// The links and media of a block model.
#pragma once

#include <vector>

#include "core/blocks.h"

namespace riptide::core {

// Both lists are in document order. They end, and `kOutput` is added to `truncations`, before they
// would hold more than `kMaxListEntries` entries or be made from more than `kMaxOutputBytes` bytes.

/// Every link, with the text in it on one line (for want of text the alternative text of its
/// images) and its `rel` in lower case. Entries with the URL and the text of an earlier one are
/// left out.
std::vector<Link> list_links(const Dom& dom, const Blocks& model, Truncations& truncations);

/// Every image, player and embed that has an address. Entries with the URL and the kind of an
/// earlier one are left out.
std::vector<Media> list_media(const Dom& dom, const Blocks& model, Truncations& truncations);

}  // namespace riptide::core
