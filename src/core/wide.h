/// The whole body without what surrounds content: for pages whose content is no single article
/// (threads, listings, products, front pages), where a scored subtree holds too little.
#pragma once

#include <cstdint>

#include "core/selection.h"
#include "core/signals.h"

namespace riptide::core {

struct WideSelection {
    Selection selection;
    std::uint32_t chars = 0;       ///< Code points kept, links included.
    std::uint32_t link_chars = 0;  ///< Code points of links among them.
};

/// Leaves out navigation, footers, dialogs, sidebars, form controls and blocks of short links.
/// Linear in the page.
WideSelection select_wide(const Dom& dom, const Signals& signals);

}  // namespace riptide::core
