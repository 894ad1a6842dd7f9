/// Finds the element that holds the main content, and the neighbours that belong to it.
///
/// After the scoring of Mozilla Readability's published algorithm: paragraphs vote, by length and
/// commas, for the elements around them; the best element that is not mostly links wins, ancestors
/// that hold several good ones are preferred, siblings that look like content join it.
#pragma once

#include "core/outline.h"

namespace riptide::core {

struct Choice {
    explicit Choice(const Dom& dom) : dropped(dom.size()) {}

    NodeId root = kNoNode;  ///< What holds all chosen content; `kNoNode` when there is no body.
    NodeId top = kNoNode;   ///< The winner: `root` itself, or the child of it that others joined.
    NodeSet dropped;        ///< What of the page is left out, `Outline::removed` included.
};

/// Linear in the page, but for bounded walks up from each paragraph.
Choice choose_content(const Dom& dom, const Signals& signals, const Outline& outline,
                      const Trust& trust);

}  // namespace riptide::core
