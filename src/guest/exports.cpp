// The component's one export: the core behind the contract of wit/extractor.wit.
#include <cstddef>
#include <cstring>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extractor.h"
#include "guest/extract.h"

namespace {

using riptide::Document;
using riptide::ErrorClass;
using riptide::ExtractionMode;
using riptide::ExtractOptions;
using riptide::Outputs;
using WitDocument = exports_riptide_extractor_extraction_document_t;
using WitBlock = exports_riptide_extractor_extraction_explained_block_t;
using WitExplanation = exports_riptide_extractor_extraction_explanation_t;
using WitError = exports_riptide_extractor_extraction_error_t;
using WitOptions = exports_riptide_extractor_extraction_options_t;

std::string_view view(const extractor_string_t& text) {
    return {reinterpret_cast<const char*>(text.ptr), text.len};
}

/// Hands a string over to the host without copying where it lies in the heap; the bindings free
/// what they are given, so one inside the string object is copied.
extractor_string_t give(const std::string& text) {
    const char* object = reinterpret_cast<const char*>(&text);
    const bool inside = text.data() >= object && text.data() < object + sizeof(text);
    extractor_string_t out;
    if (inside) {
        extractor_string_dup_n(&out, text.data(), text.size());
    } else {
        out.ptr = reinterpret_cast<uint8_t*>(const_cast<char*>(text.data()));
        out.len = text.size();
    }
    return out;
}

template <typename WitList, typename T, typename Give>
void give_list(WitList& out, const std::vector<T>& in, Give give_one) {
    using Entry = std::remove_pointer_t<decltype(out.ptr)>;
    out.len = in.size();
    out.ptr = static_cast<Entry*>(operator new(sizeof(Entry) * in.size()));
    for (std::size_t i = 0; i < in.size(); ++i) out.ptr[i] = give_one(in[i]);
}

ExtractOptions options_from(const WitOptions& in) {
    ExtractOptions out;
    out.url = view(in.url);
    // The bits and tags of the contract are those of the C++ types, in the same order.
    out.mode = static_cast<ExtractionMode>(in.mode.tag);
    if (out.mode == ExtractionMode::kCustom) {
        const extractor_list_string_t& selectors = in.mode.val.custom;
        for (std::size_t i = 0; i < selectors.len; ++i) {
            out.selectors.emplace_back(view(selectors.ptr[i]));
        }
    }
    out.outputs = Outputs::none();
    for (const Outputs::Bit bit : Outputs::kBits) {
        if ((in.outputs & bit) != 0) out.outputs = out.outputs | bit;
    }
    return out;
}

WitBlock give_block(const riptide::ExplainedBlock& in) {
    WitBlock out;
    out.path = give(in.path);
    out.text = give(in.text);
    out.reason = static_cast<uint8_t>(in.reason);
    out.score = in.score;
    out.article_ruling = static_cast<uint8_t>(in.article_ruling);
    out.whole_ruling = static_cast<uint8_t>(in.whole_ruling);
    give_list(out.signals, in.signals, [](const riptide::BlockSignal& signal) {
        return exports_riptide_extractor_extraction_signal_t{give(signal.name), give(signal.value),
                                                             signal.weight};
    });
    return out;
}

void give_explanation(const riptide::Explanation& in, WitExplanation& out) {
    give_list(out.type_votes, in.type_votes, [](const riptide::TypeVote& vote) {
        return exports_riptide_extractor_extraction_type_vote_t{
            static_cast<uint8_t>(vote.page_type), vote.weight};
    });
    out.threshold = in.threshold;
    give_list(out.attempts, in.attempts, [](std::uint32_t chars) { return chars; });
    out.prefers_article = in.prefers_article;
    out.declares_article = in.declares_article;
    out.article_body_bytes = in.article_body_bytes;
    give_list(out.origins, in.origins, [](const riptide::FieldOrigin& found) {
        return exports_riptide_extractor_extraction_field_origin_t{
            static_cast<uint8_t>(found.field), static_cast<uint8_t>(found.origin)};
    });
    give_list(out.blocks, in.blocks, give_block);
}

void give_document(const Document& in, WitDocument& out) {
    out.status = static_cast<uint8_t>(in.status);
    out.url = give(in.url);
    out.canonical_url = give(in.canonical_url);
    out.title = give(in.title);
    out.byline = give(in.byline);
    out.published = give(in.published);
    out.modified = give(in.modified);
    out.language = give(in.language);
    out.dir = give(in.dir);
    out.site_name = give(in.site_name);
    out.description = give(in.description);
    out.text = give(in.text);
    out.markdown = give(in.markdown);
    out.html = give(in.html);
    give_list(out.links, in.links, [](const riptide::Link& link) {
        return exports_riptide_extractor_extraction_link_t{give(link.url), give(link.text),
                                                           give(link.rel)};
    });
    give_list(out.media, in.media, [](const riptide::Media& media) {
        return exports_riptide_extractor_extraction_media_t{
            give(media.url), static_cast<uint8_t>(media.kind), give(media.alt)};
    });
    give_list(out.categories, in.categories, give);
    give_list(out.tags, in.tags, give);
    out.word_count = in.word_count;
    out.reading_time_minutes = in.reading_time_minutes;
    out.quality_score = in.quality_score;
    out.page_type = static_cast<uint8_t>(in.page_type);
    give_list(out.truncated, in.truncated,
              [](riptide::Truncation cut) { return static_cast<uint8_t>(cut); });
    out.tei = give(in.tei);
    out.explanation.is_some = in.explanation.has_value();
    if (in.explanation) give_explanation(*in.explanation, out.explanation.val);
}

void give_error(const riptide::Error& in, WitError& out) {
    switch (in.error_class) {
        case ErrorClass::kInvalidHtml:
            out.tag = EXPORTS_RIPTIDE_EXTRACTOR_EXTRACTION_ERROR_INVALID_HTML;
            break;
        case ErrorClass::kParseError:
            out.tag = EXPORTS_RIPTIDE_EXTRACTOR_EXTRACTION_ERROR_PARSE_ERROR;
            break;
        case ErrorClass::kResourceLimit:
            out.tag = EXPORTS_RIPTIDE_EXTRACTOR_EXTRACTION_ERROR_RESOURCE_LIMIT;
            break;
        case ErrorClass::kUnsupportedMode:
            out.tag = EXPORTS_RIPTIDE_EXTRACTOR_EXTRACTION_ERROR_UNSUPPORTED_MODE;
            break;
        default:
            out.tag = EXPORTS_RIPTIDE_EXTRACTOR_EXTRACTION_ERROR_INTERNAL_ERROR;
            break;
    }
    extractor_string_dup_n(&out.val.internal_error, in.detail.data(), in.detail.size());
}

}  // namespace

extern "C" bool exports_riptide_extractor_extraction_extract(extractor_string_t* html,
                                                             WitOptions* options, WitDocument* ret,
                                                             WitError* err) {
    riptide::Result<Document> document =
        riptide::guest::extract(view(*html), options_from(*options));
    if (!document) {
        give_error(document.error(), *err);
        return false;
    }
    // Never destroyed: its strings are the host's now, and the store ends with this call.
    give_document(*new Document(std::move(*document)), *ret);
    return true;
}
