/// What the page's own elements say about title, authors and dates: headings, microdata,
/// `rel=author`, `<time>`, and elements whose class or id names a byline or a date.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/dom.h"
#include "core/meta_tags.h"

namespace riptide::core {

/// The elements that may say something, in document order; each list has at most 40.
struct PageHints {
    std::vector<NodeId> headings;         ///< `<h1>`.
    std::vector<NodeId> second_headings;  ///< `<h2>`.
    std::vector<NodeId> times;            ///< `<time>`.
    std::vector<NodeId> item_authors;     ///< `itemprop=author` and `rel=author`.
    std::vector<NodeId> class_authors;    ///< Class or id names an author.
    std::vector<NodeId> users;            ///< Class names a user.
    std::vector<NodeId> item_published;   ///< `itemprop=datePublished`, not a `<meta>`.
    std::vector<NodeId> item_created;     ///< `itemprop=dateCreated`, not a `<meta>`.
    std::vector<NodeId> item_modified;    ///< `itemprop=dateModified`, not a `<meta>`.
    std::vector<NodeId> class_dates;      ///< Class or id names a date.
    std::vector<NodeId> tag_links;        ///< `rel=tag`.
    std::vector<NodeId> breadcrumbs;      ///< Class or id names breadcrumbs.
    NodeId title = kNoNode;               ///< The first `<title>`.
};

/// One pass over the page; `<meta>` and `<link>` elements are handed to `tags`.
PageHints read_hints(const Dom& dom, MetaTags& tags);

/// The element's text, white space collapsed, blocks parted by a space; empty where it is longer
/// than 400 bytes or has more than 200 nodes.
std::string short_text(const Dom& dom, NodeId id);

/// The text of a heading as `short_text` has it, but without elements whose class names a kicker, a
/// subtitle or the like, and without the mark of a link to the heading itself.
std::string heading_text(const Dom& dom, NodeId id);

/// The hints after the heading `title`, then those before it, each by their distance to it.
std::vector<NodeId> nearest_first(const std::vector<NodeId>& hints, NodeId title);

/// The first paragraph of some length after the heading `title` (`kNoNode`: in the body) that is
/// not mostly links; raw text. Looks at 3,000 nodes.
std::string first_paragraph(const Dom& dom, NodeId title);

}  // namespace riptide::core
