/// When the page was published and changed, as its own elements and texts say.
#pragma once

#include <string>
#include <string_view>

#include "core/dates.h"
#include "core/dom.h"
#include "core/page_hints.h"

namespace riptide::core {

struct PageDates {
    std::string published;
    std::string modified;
};

/// Microdata; then what stands nearest to the heading `title` (`kNoNode`: to the top of the page):
/// `<time>`, elements whose class or id names a date, and texts that are little but a date (those
/// before the heading only where no element is marked up as a date); then lines around the heading
/// that tell a date, but no sentences; then a date anywhere in the body whose label says
/// "published", or the only one that stands by itself. A label ("updated", ...) tells which of the
/// two a date is; that of the last change is also looked for right behind that of publication.
PageDates find_dates(const Dom& dom, const PageHints& hints, NodeId title, DateOrder order);

/// `date`, a time in UTC, as elements of dates show it by the page's own clock (`local_date`);
/// empty where none does.
std::string find_local_date(const Dom& dom, const PageHints& hints, NodeId title, DateOrder order,
                            std::string_view date);

}  // namespace riptide::core
