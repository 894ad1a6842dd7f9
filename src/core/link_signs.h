/// Links for finding one's way about a page, which are no part of its text.
#pragma once

#include "core/dom.h"

namespace riptide::core {

/// A link inside the page whose whole text is a sign for that: for the address of a place ("¶",
/// "§", icons of private use; in headings and terms "#", too) or for the way back from a note
/// ("↩", "↑", "^"). Signs that notes are marked with ("*", "†") are none.
bool is_link_sign(const Dom& dom, NodeId link, bool in_heading);

/// A `<span>` of links in brackets, as wikis write them into headings: "[edit]".
bool is_bracketed_link(const Dom& dom, NodeId element);

}  // namespace riptide::core
