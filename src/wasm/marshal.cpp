#include "wasm/marshal.h"

#include <array>
#include <string>

namespace riptide::wasm {
namespace {

std::string_view view(const riptide_text_t& text) { return {text.data, text.size}; }

std::string copy(const riptide_text_t& text) { return std::string(view(text)); }

std::vector<std::string> copy(const riptide_text_list_t& list) {
    std::vector<std::string> out;
    out.reserve(list.size);
    for (std::size_t i = 0; i < list.size; ++i) out.push_back(copy(list.data[i]));
    return out;
}

// The contract's enumerators have the order of the C++ types'; Wasmtime has checked their range.

ExplainedBlock read_block(const riptide_block_t& in) {
    ExplainedBlock out;
    out.path = copy(in.path);
    out.text = copy(in.text);
    out.reason = static_cast<Reason>(in.reason);
    out.score = in.score;
    out.article_ruling = static_cast<Ruling>(in.article_ruling);
    out.whole_ruling = static_cast<Ruling>(in.whole_ruling);
    out.signals.reserve(in.signals.size);
    for (std::size_t i = 0; i < in.signals.size; ++i) {
        const riptide_signal_t& signal = in.signals.data[i];
        out.signals.push_back({copy(signal.name), copy(signal.value), signal.weight});
    }
    return out;
}

Explanation read_explanation(const riptide_explanation_t& in) {
    Explanation out;
    for (std::size_t i = 0; i < in.type_votes.size; ++i) {
        const riptide_type_vote_t& vote = in.type_votes.data[i];
        out.type_votes.push_back({static_cast<PageType>(vote.page_type), vote.weight});
    }
    out.threshold = in.threshold;
    if (in.attempts.size > 0) {
        out.attempts.assign(in.attempts.data, in.attempts.data + in.attempts.size);
    }
    out.prefers_article = in.prefers_article;
    out.declares_article = in.declares_article;
    out.article_body_bytes = in.article_body_bytes;
    for (std::size_t i = 0; i < in.origins.size; ++i) {
        const riptide_field_origin_t& found = in.origins.data[i];
        out.origins.push_back(
            {static_cast<MetadataField>(found.field), static_cast<Origin>(found.origin)});
    }
    out.blocks.reserve(in.blocks.size);
    for (std::size_t i = 0; i < in.blocks.size; ++i) {
        out.blocks.push_back(read_block(in.blocks.data[i]));
    }
    return out;
}

Document read_document(const riptide_document_t& in) {
    Document out;
    out.status = static_cast<Status>(in.status);
    out.url = copy(in.url);
    out.canonical_url = copy(in.canonical_url);
    out.title = copy(in.title);
    out.byline = copy(in.byline);
    out.published = copy(in.published);
    out.modified = copy(in.modified);
    out.language = copy(in.language);
    out.dir = copy(in.dir);
    out.site_name = copy(in.site_name);
    out.description = copy(in.description);
    out.text = copy(in.text);
    out.markdown = copy(in.markdown);
    out.html = copy(in.html);
    out.links.reserve(in.links.size);
    for (std::size_t i = 0; i < in.links.size; ++i) {
        const riptide_link_t& link = in.links.data[i];
        out.links.push_back({copy(link.url), copy(link.text), copy(link.rel)});
    }
    out.media.reserve(in.media.size);
    for (std::size_t i = 0; i < in.media.size; ++i) {
        const riptide_media_t& media = in.media.data[i];
        out.media.push_back({copy(media.url), static_cast<MediaKind>(media.kind), copy(media.alt)});
    }
    out.categories = copy(in.categories);
    out.tags = copy(in.tags);
    out.word_count = in.word_count;
    out.reading_time_minutes = in.reading_time_minutes;
    out.quality_score = in.quality_score;
    out.page_type = static_cast<PageType>(in.page_type);
    for (std::size_t i = 0; i < in.truncated.size; ++i) {
        out.truncated.push_back(static_cast<Truncation>(in.truncated.data[i]));
    }
    out.tei = copy(in.tei);
    if (in.explanation != nullptr) out.explanation = read_explanation(*in.explanation);
    out.engine = Engine::kWasm;
    return out;
}

/// In the order of the contract.
constexpr std::array kGuestErrors = {ErrorClass::kInvalidHtml, ErrorClass::kParseError,
                                     ErrorClass::kResourceLimit, ErrorClass::kUnsupportedMode,
                                     ErrorClass::kInternalError};

void receive_document(void* result, const riptide_document_t* document) {
    *static_cast<Result<Document>*>(result) = read_document(*document);
}

void receive_error(void* result, std::uint8_t position, riptide_text_t detail) {
    *static_cast<Result<Document>*>(result) = fail(kGuestErrors.at(position), copy(detail));
}

}  // namespace

Arguments::Arguments(const ExtractOptions& options) {
    if (options.mode == ExtractionMode::kCustom) {
        selectors_.reserve(options.selectors.size());
        for (const std::string& selector : options.selectors) {
            selectors_.push_back(borrow(selector));
        }
    }
    options_.url = borrow(options.url);
    options_.mode = static_cast<std::uint8_t>(options.mode);
    options_.outputs = options.outputs.bits();
    options_.selectors = {selectors_.data(), selectors_.size()};
}

Receiver::Receiver() { callbacks_ = {&result_, receive_document, receive_error}; }

}  // namespace riptide::wasm
