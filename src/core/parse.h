/// HTML to lexbor's tree, under the caps of limits.h.
///
/// lexbor implements the tree construction of the WHATWG HTML standard, whose cost is not linear:
/// scope look-ups grow with the nesting depth, the attributes of an element are compared pairwise,
/// formatting elements are cloned into every block that follows. A filter between its tokenizer
/// and its tree builder bounds each of these while the page is parsed.
#pragma once

#include <riptide/error.h>

#include <memory>
#include <string_view>

#include "core/truncations.h"
#include "lexbor/html/html.h"

namespace riptide::core {

/// In the guest a document stays until its memory goes, which is after the call.
struct HtmlDocumentDeleter {
    void operator()([[maybe_unused]] lxb_html_document_t* document) const {
#ifndef __wasm__
        lxb_html_document_destroy(document);
#endif
    }
};
using HtmlDocument = std::unique_ptr<lxb_html_document_t, HtmlDocumentDeleter>;

/// Parses `html` (UTF-8). Errors: `kParseError` when lexbor fails, `kResourceLimit` when memory
/// runs out. What a cap cut is added to `truncations`.
Result<HtmlDocument> parse_html(std::string_view html, Truncations& truncations);

}  // namespace riptide::core
