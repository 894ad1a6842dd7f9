/// What a page says about itself.
#pragma once

#include <string>
#include <vector>

#include "core/dom.h"
#include "core/url.h"

namespace riptide::core {

/// Plain UTF-8 text, white space collapsed; empty where the page does not tell.
struct Metadata {
    std::string title;      ///< Without the site's name.
    std::string byline;     ///< The authors, joined by ", ".
    std::string published;  ///< ISO 8601, as precise as the page tells it.
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
};

/// Reads JSON-LD, OpenGraph, Dublin Core and other `<meta>` conventions, microdata, `<link>`s and
/// the page itself, in an order of trust that metadata.cpp tells. Linear in the page.
Metadata read_metadata(const Dom& dom, const UrlResolver& urls);

}  // namespace riptide::core
