/// The whole body without what surrounds content: for pages whose content is no single article
/// (threads, listings, products, front pages), where a scored subtree holds too little.
#pragma once

#include <cstdint>

#include "core/selection.h"
#include "core/signals.h"

namespace riptide::core {

struct WideSelection {
    Selection selection;
    std::uint32_t chars = 0;  ///< Code points kept, links included.
};

/// Leaves out navigation, headers and footers, dialogs, sidebars, teasers, form controls and blocks
/// of short links; narrows down to `<main>`, or to what holds nearly all that is left. Linear in
/// the page.
WideSelection select_wide(const Dom& dom, const Signals& signals);

}  // namespace riptide::core
