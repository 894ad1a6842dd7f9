/// Who wrote the page, as its own elements and texts say.
#pragma once

#include <string>

#include "core/dom.h"
#include "core/page_hints.h"

namespace riptide::core {

/// The authors that hints name, nearest to the heading `title` (`kNoNode`: the first), else those
/// of a line near it that begins with "By" or the like, or of a link to an author's page, or what
/// follows "Written by" or the like farther on; empty without any. `language` is the page's.
std::string find_byline(const Dom& dom, const PageHints& hints, NodeId title,
                        std::string_view language);

/// The first user named after the heading `title`: who began a thread. Empty without any.
std::string find_poster(const Dom& dom, const PageHints& hints, NodeId title,
                        std::string_view language);

}  // namespace riptide::core
