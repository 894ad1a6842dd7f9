/// Text as part of HTML and of XML: the only escaping of either.
#pragma once

#include <string>
#include <string_view>

namespace riptide {

/// Appends UTF-8 so that HTML reads it as text, between tags and in a quoted attribute. Linear.
void append_html(std::string_view text, std::string& out);

/// The same for XML 1.0. Characters that it has no place for (controls other than tab and line
/// feed, U+FFFE, U+FFFF) are left out. Linear.
void append_xml(std::string_view text, std::string& out);

}  // namespace riptide
