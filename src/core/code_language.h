/// The programming language of a code block.
#pragma once

#include <string_view>

#include "core/dom.h"

namespace riptide::core {

/// As told by a class "language-x", "lang-x" or "highlight-source-x", or an attribute
/// `data-language` or `data-lang`, of a `<pre>`, of a `<code>` that it starts with, or of the
/// element around it; or by a class "highlight-x" around a "highlight". Letters, digits and "+-_.#"
/// only; empty when the page does not tell.
std::string_view code_language(const Dom& dom, NodeId pre);

}  // namespace riptide::core
