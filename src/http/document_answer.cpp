#include "http/document_answer.h"

#include <array>
#include <optional>
#include <span>

#include "http/gzip.h"
#include "http/negotiation.h"
#include "io/document_fields.h"

namespace riptide::http {
namespace {

/// Smaller ones fit into a packet anyway.
constexpr std::size_t kWorthCompressing = 1400;

/// Room for the fields of a document but its bodies.
constexpr std::size_t kMetadata = 16384;

constexpr std::array<std::string_view, 5> kMediaTypes = {
    "application/json", "text/markdown", "text/plain", "text/html", "application/tei+xml"};
constexpr std::array<std::string_view, 5> kContentTypes = {
    kApplicationJson, "text/markdown; charset=utf-8", kPlainText, "text/html; charset=utf-8",
    "application/tei+xml"};

std::string body(const Document& document, Representation representation) {
    switch (representation) {
        case Representation::kMarkdown:
            return document.markdown;
        case Representation::kText:
            return document.text;
        case Representation::kHtml:
            return document.html;
        case Representation::kTei:
            return document.tei;
        case Representation::kJson:
            break;
    }
    std::string json = "{";
    // Most of it; escapes and the other fields grow it once more at most.
    json.reserve(document.text.size() + document.markdown.size() + document.html.size() +
                 kMetadata);
    io::append_fields(document, io::DocumentFields::usual(), json);
    return json += '}';
}

}  // namespace

Checked<Representation> choose_representation(std::string_view accept, ExtractionMode mode) {
    std::span<const std::string_view> offers = kMediaTypes;
    if (mode == ExtractionMode::kMetadata) offers = offers.first(1);
    const std::optional<std::size_t> chosen = choose_media_type(accept, offers);
    if (chosen) return static_cast<Representation>(*chosen);
    return refuse(406, mode == ExtractionMode::kMetadata
                           ? "metadata is application/json only"
                           : "a document is application/json, text/markdown, text/plain, "
                             "text/html or application/tei+xml");
}

Outputs outputs_for(Representation representation) {
    switch (representation) {
        case Representation::kMarkdown:
            return Outputs::kMarkdown;
        case Representation::kText:
            return Outputs::kText;
        case Representation::kHtml:
            return Outputs::kHtml;
        case Representation::kTei:
            return Outputs::kTei;
        case Representation::kJson:
            break;
    }
    return Outputs::usual();
}

Response answer(const Document& document, Representation representation) {
    Response response;
    response.content_type = kContentTypes.at(static_cast<std::size_t>(representation));
    response.body = body(document, representation);
    response.fields.emplace_back("Riptide-Status", to_string(document.status));
    if (representation == Representation::kHtml) {
        response.fields.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
    }
    return response;
}

void compress(Response& response, GzipUse use) {
    if (use == GzipUse::kRefused || response.body.size() < kWorthCompressing) return;
    response.body = gzip(response.body);
    response.fields.emplace_back("Content-Encoding", "gzip");
    response.fields.emplace_back("Vary", "Accept-Encoding");
}

}  // namespace riptide::http
