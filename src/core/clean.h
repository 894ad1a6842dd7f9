/// Leaves out what is no content inside the chosen content: forms, embeds, share buttons, lists of
/// links, tables of layout.
///
/// After the cleaning steps of Mozilla Readability's published algorithm. Each step goes backwards
/// over the flat tree, so that what is inside an element is decided before the element is.
#pragma once

#include "core/score.h"

namespace riptide::core {

/// Adds to `choice.dropped`. Linear in the chosen content.
void clean_content(const Dom& dom, const Signals& signals, const Outline& outline,
                   const Trust& trust, Choice& choice);

/// Code points of what is chosen and not dropped.
std::uint32_t chosen_chars(const Dom& dom, const Signals& signals, const Choice& choice);

}  // namespace riptide::core
