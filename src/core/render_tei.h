/// TEI P5 of a block model and of a document's metadata.
#pragma once

#include <riptide/document.h>

#include <string>

#include "core/blocks.h"

namespace riptide::core {

/// A `<text>` element, written from the model and never copied from the page: headings of the body
/// itself open nested `<div>`s, other headings are highlighted paragraphs. Elements: text body div
/// head p list item label quote figure graphic desc table row cell code ref hi del lb milestone.
/// URLs are those of `UrlResolver`. Text and attributes are escaped.
///
/// What exceeds `kMaxOutputBytes` is cut between blocks, and `kOutput` added to `truncations`.
std::string render_tei(const Dom& dom, const Blocks& model, Truncations& truncations);

/// A `<TEI>` element in its namespace: a header that says what the document's metadata say, and
/// `text`, which `render_tei` made.
std::string tei_document(const Document& document, const std::string& text);

}  // namespace riptide::core
