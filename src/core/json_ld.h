/// What schema.org markup in JSON-LD says about the page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace riptide::core {

/// Raw strings of the page: entities and white space as they stand, not bounded; empty where the
/// markup does not tell.
struct JsonLd {
    std::string headline;
    std::string name;
    std::vector<std::string> authors;
    std::string published;
    std::string modified;
    std::string publisher;  ///< The publisher of the page.
    std::string site;       ///< The name of a `WebSite`.
    std::string language;
    std::string description;
    std::string url;
    std::string article_body;
    std::vector<std::string> sections;
    std::vector<std::string> breadcrumbs;  ///< From the front page on; often with the page itself.
    std::vector<std::string> keywords;
    bool is_article = false;  ///< There is an object of schema.org's `Article` family.
};

/// Reads the blocks of a page. Objects at the top, in an array, in `@graph` or as `mainEntity`
/// speak of the page; deeper ones (comments, lists, related articles) do not. Articles are trusted
/// before other works (posts, products, recipes), these before videos, and those before `WebPage`;
/// among equals, the first one whose headline occurs in `page_title` (the text of `<title>`), else
/// the first. What the trusted object leaves open is filled from the lesser ones. Authors given by
/// `@id` are looked up in all blocks. Linear in the blocks, but for sorting the `@id`s.
JsonLd read_json_ld(const std::vector<std::string_view>& blocks, std::string_view page_title);

}  // namespace riptide::core
