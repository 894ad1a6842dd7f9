/// Pages that servers send in pieces: where a piece was not ready, a template `B:n` or `P:n` holds
/// its place, and the piece follows near the end of the body as `<div hidden id="S:n">`, for a
/// script to put there (React's streaming server rendering, as its `$RC` and `$RS` do it).
#pragma once

#include <string_view>

#include "lexbor/html/html.h"

namespace riptide::core {

/// Puts pieces where scripts would, and shows them. A piece without a place is shown where it is.
/// Linear in the document; bounded in the pieces moved, and in the depth that they are moved to.
/// `html` is what the document was parsed from.
void place_streamed(lxb_html_document_t& document, std::string_view html);

}  // namespace riptide::core
