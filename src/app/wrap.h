/// Text in lines for a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace riptide::app {

/// Appends the words of `text` in lines of at most 80 columns and a line feed. The first line goes
/// on at column `column`, the others begin after `indent` spaces.
void append_wrapped(std::string_view text, std::size_t indent, std::size_t column,
                    std::string& out);

}  // namespace riptide::app
