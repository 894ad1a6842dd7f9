#include "core/render.h"

#include "core/blocks.h"
#include "core/chars.h"
#include "core/render_html.h"
#include "core/render_links.h"
#include "core/render_markdown.h"
#include "core/render_tei.h"
#include "core/render_text.h"

namespace riptide::core {

Rendering render(const Dom& dom, const Selection& selection, const UrlResolver& urls,
                 Outputs outputs, Truncations& truncations) {
    const bool markup = outputs.has(Outputs::kMarkdown) || outputs.has(Outputs::kHtml) ||
                        outputs.has(Outputs::kLinks) || outputs.has(Outputs::kMedia) ||
                        outputs.has(Outputs::kTei);
    const Blocks model =
        build_blocks(dom, selection, urls, markup ? Detail::kMarkup : Detail::kText, truncations);
    Rendering out;
    out.word_count = count_words(model.text);
    if (outputs.has(Outputs::kText)) out.text = render_text(model, truncations);
    if (outputs.has(Outputs::kMarkdown)) out.markdown = render_markdown(dom, model, truncations);
    if (outputs.has(Outputs::kHtml)) out.html = render_html(dom, model, truncations);
    if (outputs.has(Outputs::kLinks)) out.links = list_links(dom, model, truncations);
    if (outputs.has(Outputs::kMedia)) out.media = list_media(dom, model, truncations);
    if (outputs.has(Outputs::kTei)) out.tei = render_tei(dom, model, truncations);
    return out;
}

}  // namespace riptide::core
