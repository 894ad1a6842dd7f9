#include "io/explanation_json.h"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace riptide::io {
namespace {

namespace json = boost::json;

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out.append(out.empty() ? "" : ", ").append(name);
    return out;
}

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object metadata(const Document& document, const Explanation& explanation) {
    json::object fields;
    for (const FieldOrigin& found : explanation.origins) {
        fields[to_string(found.field)] = json::object{{"value", value_of(document, found.field)},
                                                      {"origin", to_string(found.origin)}};
    }
    return fields;
}

json::object votes(const Explanation& explanation) {
    json::object votes;
    for (const TypeVote& vote : explanation.type_votes) {
        votes[to_string(vote.page_type)] = vote.weight;
    }
    return votes;
}

json::array signals(const ExplainedBlock& block) {
    json::array out;
    for (const BlockSignal& signal : block.signals) {
        out.push_back(json::object{
            {"name", signal.name}, {"value", signal.value}, {"weight", signal.weight}});
    }
    return out;
}

json::array blocks(const Explanation& explanation) {
    json::array out;
    out.reserve(explanation.blocks.size());
    for (const ExplainedBlock& block : explanation.blocks) {
        out.push_back(json::object{{"kept", is_kept(block.reason)},
                                   {"reason", to_string(block.reason)},
                                   {"score", block.score},
                                   {"article_ruling", to_string(block.article_ruling)},
                                   {"whole_ruling", to_string(block.whole_ruling)},
                                   {"path", block.path},
                                   {"text", block.text},
                                   {"signals", signals(block)}});
    }
    return out;
}

}  // namespace

std::string value_of(const Document& document, MetadataField field) {
    switch (field) {
        case MetadataField::kTitle:
            return document.title;
        case MetadataField::kByline:
            return document.byline;
        case MetadataField::kPublished:
            return document.published;
        case MetadataField::kModified:
            return document.modified;
        case MetadataField::kLanguage:
            return document.language;
        case MetadataField::kSiteName:
            return document.site_name;
        case MetadataField::kDescription:
            return document.description;
        case MetadataField::kCanonicalUrl:
            return document.canonical_url;
        case MetadataField::kCategories:
            return joined(document.categories);
        case MetadataField::kTags:
            break;
    }
    return joined(document.tags);
}

json::object explanation_json(const Document& document, const Explanation& explanation) {
    json::array truncated;
    for (const Truncation cut : document.truncated) truncated.emplace_back(to_string(cut));
    return {
        {"status", to_string(document.status)},
        {"url", text_or_null(document.url)},
        {"page_type", to_string(document.page_type)},
        {"quality_score", document.quality_score},
        {"word_count", document.word_count},
        {"truncated", std::move(truncated)},
        {"engine", to_string(document.engine)},
        {"fallback_reason", text_or_null(document.fallback_reason)},
        {"encoding", text_or_null(document.encoding)},
        {"metadata", metadata(document, explanation)},
        {"type_votes", votes(explanation)},
        {"declares_article", explanation.declares_article},
        {"article_body_bytes", explanation.article_body_bytes},
        {"attempts", json::array(explanation.attempts.begin(), explanation.attempts.end())},
        {"prefers_article", explanation.prefers_article},
        {"threshold", explanation.threshold},
        {"blocks", blocks(explanation)},
    };
}

}  // namespace riptide::io
