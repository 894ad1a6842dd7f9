/// Foreign text made safe to show.
#pragma once

#include <string>
#include <string_view>

namespace riptide::config {

/// For messages: control characters (C0, DEL, C1), those that reorder text, and bytes that are not
/// UTF-8 become `\xNN`, so that neither a file's name nor an option's value can drive a terminal.
std::string printable(std::string_view text);

/// The same, of the first 200 bytes.
std::string printable_excerpt(std::string_view text);

/// For data that goes to a terminal: control characters other than line feed and tab become U+FFFD.
std::string without_controls(std::string_view utf8);

}  // namespace riptide::config
