#include "core/extract.h"

#include <algorithm>

#include "core/dom.h"
#include "core/explain.h"
#include "core/metadata.h"
#include "core/quality.h"
#include "core/render.h"
#include "core/render_tei.h"
#include "core/select.h"

namespace riptide::core {
namespace {

/// Adult silent reading of non-fiction, English (Brysbaert, "How many words do we read per minute?
/// A review and meta-analysis of reading rate", 2019).
constexpr std::uint32_t kWordsPerMinute = 238;

Result<Selection> select(const Dom& dom, const Metadata& metadata, const ExtractOptions& options) {
    switch (options.mode) {
        case ExtractionMode::kArticle:
            return select_article(dom, metadata);
        case ExtractionMode::kFull:
            return select_full(dom);
        case ExtractionMode::kMetadata:
            return Selection(dom);
        case ExtractionMode::kCustom:
            return select_custom(dom, options.selectors);
    }
    return fail(ErrorClass::kUnsupportedMode, "unknown extraction mode");
}

}  // namespace

Result<Document> extract(std::string_view html, const ExtractOptions& options) {
    if (options.mode == ExtractionMode::kCustom && options.selectors.empty()) {
        return fail(ErrorClass::kUnsupportedMode,
                    "mode \"custom\" needs at least one CSS selector");
    }
    Truncations truncations;
    Result<Dom> dom = Dom::parse(html, truncations);
    if (!dom) return tl::unexpected(std::move(dom.error()));
    const UrlResolver urls(*dom, options.url);
    Metadata metadata = read_metadata(*dom, urls);
    Result<Selection> selection = select(*dom, metadata, options);
    if (!selection) return tl::unexpected(std::move(selection.error()));
    Rendering rendering = render(*dom, *selection, urls, options.outputs, truncations);

    Document document;
    if (options.outputs.has(Outputs::kExplanation)) {
        document.explanation = explain(*dom, metadata, *selection, options.mode, truncations);
    }
    const Judgement judgement = judge_page(*dom, metadata, *selection, rendering.word_count);
    document.page_type = judgement.page_type;
    document.quality_score = judgement.quality_score;
    const bool has_content = options.mode == ExtractionMode::kMetadata || rendering.word_count > 0;
    document.status = has_content ? Status::kOk : Status::kEmpty;
    document.url = urls.document_url();
    document.canonical_url = std::move(metadata.canonical_url);
    document.title = std::move(metadata.title);
    document.byline = std::move(metadata.byline);
    document.published = std::move(metadata.published);
    document.modified = std::move(metadata.modified);
    document.language = std::move(metadata.language);
    document.dir = std::move(metadata.dir);
    document.site_name = std::move(metadata.site_name);
    document.description = std::move(metadata.description);
    document.categories = std::move(metadata.categories);
    document.tags = std::move(metadata.tags);
    document.text = std::move(rendering.text);
    document.markdown = std::move(rendering.markdown);
    document.html = std::move(rendering.html);
    document.links = std::move(rendering.links);
    document.media = std::move(rendering.media);
    document.word_count = rendering.word_count;
    document.reading_time_minutes = (rendering.word_count + kWordsPerMinute - 1) / kWordsPerMinute;
    document.truncated = truncations.list();
    if (options.outputs.has(Outputs::kTei)) document.tei = tei_document(document, rendering.tei);
    return document;
}

}  // namespace riptide::core
