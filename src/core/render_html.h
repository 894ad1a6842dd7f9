/// HTML of a block model.
#pragma once

#include <string>

#include "core/blocks.h"

namespace riptide::core {

/// Clean HTML, written from the model and never copied from the page, so that whatever a page
/// contains, these are all the elements: a blockquote br caption code dd del dl dt em figcaption
/// figure h1-h6 hr img li ol p pre strong sub sup table tbody td th thead tr ul. And all the
/// attributes: href, src, alt, start, colspan, rowspan, align, lang, dir, and on `<code>` the class
/// "language-x". URLs are those of `UrlResolver`. Text and attributes are escaped.
///
/// What exceeds `kMaxOutputBytes` is cut between blocks, and `kOutput` added to `truncations`.
std::string render_html(const Dom& dom, const Blocks& model, Truncations& truncations);

}  // namespace riptide::core
