/// Pages that go on with other articles below the one they are about ("infinite scroll").
#pragma once

#include <string_view>
#include <vector>

#include "core/signals.h"

namespace riptide::core {

/// The `<article>`s, in document order and disjoint, that come after one whose `<h1>` repeats the
/// page's title, and have an `<h1>` of their own. Linear in the page.
std::vector<NodeId> find_later_articles(const Dom& dom, const Signals& signals,
                                        std::string_view title);

}  // namespace riptide::core
