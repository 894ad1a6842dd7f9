/// Chooses the content of a page, by mode.
#pragma once

#include "core/metadata.h"
#include "core/selection.h"

namespace riptide::core {

/// The main content; no roots when the page has none. `metadata` helps to leave out what the
/// document already says elsewhere (title, byline).
Selection select_article(const Dom& dom, const Metadata& metadata);

/// All visible content of the body, navigation included.
Selection select_full(const Dom& dom);

/// What the CSS selectors match; a match inside another match is not repeated. Error:
/// `kUnsupportedMode`, naming the selector.
Result<Selection> select_custom(const Dom& dom, const std::vector<std::string>& selectors);

}  // namespace riptide::core
