#include "io/document_json.h"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace riptide::io {
namespace {

namespace json = boost::json;

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::array strings(const std::vector<std::string>& values) {
    return json::array(values.begin(), values.end());  // braces would make a list of two
}

json::array links(const std::vector<Link>& values) {
    json::array result;
    result.reserve(values.size());
    for (const Link& link : values) {
        result.push_back(json::object{{"url", text_or_null(link.url)},
                                      {"text", text_or_null(link.text)},
                                      {"rel", text_or_null(link.rel)}});
    }
    return result;
}

json::array media(const std::vector<Media>& values) {
    json::array result;
    result.reserve(values.size());
    for (const Media& item : values) {
        result.push_back(json::object{{"url", text_or_null(item.url)},
                                      {"kind", to_string(item.kind)},
                                      {"alt", text_or_null(item.alt)}});
    }
    return result;
}

json::array truncations(const std::vector<Truncation>& values) {
    json::array result;
    for (const Truncation truncation : values) result.emplace_back(to_string(truncation));
    return result;
}

}  // namespace

json::object to_json(const Document& document) {
    return {
        {"status", to_string(document.status)},
        {"url", text_or_null(document.url)},
        {"canonical_url", text_or_null(document.canonical_url)},
        {"title", text_or_null(document.title)},
        {"byline", text_or_null(document.byline)},
        {"published", text_or_null(document.published)},
        {"modified", text_or_null(document.modified)},
        {"language", text_or_null(document.language)},
        {"dir", text_or_null(document.dir)},
        {"site_name", text_or_null(document.site_name)},
        {"description", text_or_null(document.description)},
        {"text", text_or_null(document.text)},
        {"markdown", text_or_null(document.markdown)},
        {"html", text_or_null(document.html)},
        {"links", links(document.links)},
        {"media", media(document.media)},
        {"categories", strings(document.categories)},
        {"tags", strings(document.tags)},
        {"word_count", document.word_count},
        {"reading_time_minutes", document.reading_time_minutes},
        {"quality_score", document.quality_score},
        {"page_type", to_string(document.page_type)},
        {"truncated", truncations(document.truncated)},
        {"engine", to_string(document.engine)},
        {"fallback_reason", text_or_null(document.fallback_reason)},
        {"encoding", text_or_null(document.encoding)},
    };
}

json::object to_json(const Error& error) {
    return {
        {"status", "error"},
        {"error", {{"class", traits(error.error_class).name}, {"detail", error.detail}}},
    };
}

}  // namespace riptide::io
