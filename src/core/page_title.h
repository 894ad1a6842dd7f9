/// The title of a page among its headings and what else it calls itself.
#pragma once

#include "core/dom.h"
#include "core/page_hints.h"
#include "core/title.h"
#include "core/url.h"

namespace riptide::core {

/// `choose_title`, with the page's headings added to `sources`. Headings that are called the
/// site's, or lead to its front page, name the site. On the front page itself, no name of the site
/// is cut off: it is called what the site is.
ChosenTitle find_title(const Dom& dom, const PageHints& hints, const UrlResolver& urls,
                       TitleSources sources);

}  // namespace riptide::core
