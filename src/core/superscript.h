/// Raised digits in plain text: "10²" is not "102".
#pragma once

#include <string>
#include <string_view>

#include "core/dom.h"

namespace riptide::core {

/// A `<sup>` whose text is short and of digits, signs, commas and white space, with at least one
/// digit. Others, as in "1st", read as well when they are not raised.
bool raises_digits(const Dom& dom, NodeId superscript);

/// With the superscript forms of digits and signs (Unicode, "Superscripts and Subscripts").
std::string raise(std::string_view text);

}  // namespace riptide::core
