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
    for (const Outputs::Bit bit :
         {Outputs::kText, Outputs::kMarkdown, Outputs::kHtml, Outputs::kLinks, Outputs::kMedia}) {
        if ((in.outputs & bit) != 0) out.outputs = out.outputs | bit;
    }
    return out;
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
