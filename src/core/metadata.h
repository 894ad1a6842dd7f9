/// What a page says about itself.
#pragma once

#include <riptide/explanation.h>

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/dom.h"
#include "core/url.h"

namespace riptide::core {

/// Plain UTF-8 text, white space collapsed; empty where the page does not tell.
struct Metadata {
    std::string title;      ///< Without the site's name.
    std::string byline;     ///< The authors, joined by ", ".
    std::string published;  ///< ISO 8601, as precise as the page tells it; where it tells no
                            ///< other, that of the last change.
    std::string modified;   ///< ISO 8601, as precise as the page tells it.
    std::string language;   ///< BCP 47.
    std::string dir;        ///< "ltr", "rtl", "auto" or empty.
    std::string site_name;
    std::string description;
    std::string url;            ///< The document's own address, or empty.
    std::string canonical_url;  ///< Absolute, or empty.
    std::vector<std::string> categories;
    std::vector<std::string> tags;
    bool is_article_type = false;  ///< The page declares itself an article (JSON-LD, OpenGraph).
    std::string article_body;      ///< schema.org `articleBody`, unverified; mostly empty.

    /// Where each field that is not empty comes from, by `MetadataField`.
    std::array<std::optional<Origin>, static_cast<std::size_t>(MetadataField::kTags) + 1> origins;
};

/// Reads, in this order of trust:
/// - title: the heading that repeats or rephrases what the page calls itself elsewhere; else
///   JSON-LD's headline where `<title>` confirms it, Dublin Core, OpenGraph, Twitter, `<title>`;
/// - byline: JSON-LD, `<meta>`, `itemprop`/`rel` author, classes, lines near the heading; a person
///   before the site itself, and on an article before a login;
/// - dates: JSON-LD, `<meta>`, `itemprop`, what stands near the heading, the address;
/// - language: `lang`, `xml:lang`, content-language, `og:locale`, JSON-LD;
/// - site name: JSON-LD's publisher, `og:site_name`, JSON-LD's `WebSite`, the title, Twitter;
/// - description: JSON-LD, Dublin Core, OpenGraph, `<meta>`, Twitter, the first paragraph;
/// - categories: `<meta>`, JSON-LD, breadcrumbs; tags: all that are given.
/// Names have at most 1,000 bytes, the description 10,000, lists 100 entries. Linear in the page.
Metadata read_metadata(const Dom& dom, const UrlResolver& urls);

}  // namespace riptide::core
