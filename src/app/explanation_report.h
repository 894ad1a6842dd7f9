/// How a page was read, for people.
#pragma once

#include <riptide/document.h>

#include <string>
#include <string_view>

namespace riptide::app {

// `page` is how the page is called, as UTF-8 without controls.

/// For a terminal: lines of plain text. What comes from the page may hold control characters.
std::string text_report(std::string_view page, const Document& document,
                        const Explanation& explanation);

/// One HTML page that needs nothing else: no scripts, and a policy that allows no request. All that
/// comes from the page is escaped.
std::string html_report(std::string_view page, const Document& document,
                        const Explanation& explanation);

}  // namespace riptide::app
