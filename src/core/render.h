/// Renders what was selected: text, Markdown, HTML, links, media and TEI from one block model.
#pragma once

#include <riptide/document.h>
#include <riptide/options.h>

#include <string>
#include <vector>

#include "core/selection.h"
#include "core/truncations.h"
#include "core/url.h"

namespace riptide::core {

struct Rendering {
    std::string text;
    std::string markdown;
    std::string html;
    std::string tei;  ///< What `render_tei` makes: the text without a header.
    std::vector<Link> links;
    std::vector<Media> media;
    std::uint32_t word_count = 0;  ///< Counted whatever the outputs are.
};

/// Renders the selection in the outputs asked for. Linear in the selection; a rendering that would
/// exceed `kMaxOutputBytes` is cut, which is added to `truncations`.
Rendering render(const Dom& dom, const Selection& selection, const UrlResolver& urls,
                 Outputs outputs, Truncations& truncations);

}  // namespace riptide::core
