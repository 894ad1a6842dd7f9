/// Markdown of a block model.
#pragma once

#include <string>

#include "core/blocks.h"

namespace riptide::core {

/// CommonMark with GFM tables and strikethrough, without raw HTML. A CommonMark parser reads back
/// the structure of `render_html`, but that terms and descriptions, figures and captions are plain
/// paragraphs, that a table without a header takes its first row for one, and what
/// markdown_inline.h says of emphasis.
///
/// What exceeds `kMaxOutputBytes` is cut between blocks, and `kOutput` added to `truncations`.
std::string render_markdown(const Dom& dom, const Blocks& model, Truncations& truncations);

}  // namespace riptide::core
