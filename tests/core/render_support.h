/// What the tests of rendering share.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/render.h"

namespace riptide::core::testing {

inline constexpr std::string_view kPageUrl = "https://example.com/dir/page.html";

/// Renders the whole body of `html`.
inline Rendering render_page(std::string_view html, Outputs outputs = Outputs::usual(),
                             std::string_view url = kPageUrl, Truncations* cut = nullptr) {
    Truncations truncations;
    Result<Dom> dom = Dom::parse(html, truncations);
    if (!dom) {
        ADD_FAILURE() << dom.error().detail;
        return {};
    }
    Selection selection(*dom);
    if (dom->body() != kNoNode) selection.roots.push_back(dom->body());
    const UrlResolver urls(*dom, url);
    Rendering out = render(*dom, selection, urls, outputs, truncations);
    if (cut != nullptr) *cut = truncations;
    return out;
}

inline std::string text_of(std::string_view html) { return render_page(html, Outputs::kText).text; }
inline std::string html_of(std::string_view html) { return render_page(html, Outputs::kHtml).html; }
inline std::string markdown_of(std::string_view html) {
    return render_page(html, Outputs::kMarkdown).markdown;
}

inline std::string repeat(std::string_view text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

}  // namespace riptide::core::testing
