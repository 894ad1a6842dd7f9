/// A page of which everybody knows what must come of it.
#pragma once

#include <string_view>

namespace riptide {

/// In UTF-8.
inline constexpr std::string_view kCanaryPage =
    "<!DOCTYPE html><html lang=en><head><title>Canary</title></head><body><article><h1>Canary</h1>"
    "<p>A small page whose text is known, so that whoever gets it right can be trusted with pages "
    "whose text is not.</p></article></body></html>";

/// Whether the text of the page's document is right; in all modes that have one.
constexpr bool is_canary_text(std::string_view text) {
    return text.find(
               "A small page whose text is known, so that whoever gets it right can be trusted "
               "with pages whose text is not.") != std::string_view::npos;
}

}  // namespace riptide
