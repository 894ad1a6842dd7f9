/// The page as candidates are scored on it: without what surely is no content, and with its
/// paragraphs told apart, whether they are marked up as such or not.
///
/// After the preparation steps of Mozilla Readability's published algorithm, which rewrites the
/// page's tree. Here the tree stays as it is: a role stands for each rewriting.
#pragma once

#include <string_view>
#include <vector>

#include "core/selection.h"
#include "core/signals.h"

namespace riptide::core {

enum class Role : std::uint8_t {
    kPlain,
    kParagraph,  ///< One paragraph of text: `<p>`, or a `<div>` used as such.
    kRuns,       ///< Runs of phrasing content between its block children are paragraphs.
    kUnwrapped,  ///< A `<div>` around a single `<p>`, which stands in its place.
};

/// How much an attempt trusts what the page's author calls things; later attempts trust less.
struct Trust {
    bool strip_unlikely = true;
    bool weigh_names = true;
    bool clean_conditionally = true;
};

struct Outline {
    explicit Outline(const Dom& dom) : removed(dom.size()), roles(dom.size(), Role::kPlain) {}

    NodeSet removed;             ///< Left out, with everything below.
    std::vector<Role> roles;     ///< By node; meaningless below what is removed.
    std::vector<NodeId> scored;  ///< Elements whose text votes, in document order.
};

/// What of the page the document tells elsewhere.
struct Known {
    std::string_view title;
    bool drop_byline = true;
};

/// Linear in the page.
Outline outline_page(const Dom& dom, const Signals& signals, const Known& known,
                     const Trust& trust);

}  // namespace riptide::core
