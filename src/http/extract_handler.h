/// POST /extract: one page.
#pragma once

#include <memory>

#include "http/exchange.h"

namespace riptide::http {

/// Judges all but the body. Refusals: 400 and 422 for the query, 406, 415.
Checked<std::unique_ptr<Handler>> make_extract_handler(const RequestContext& context,
                                                       Service& service,
                                                       std::shared_ptr<Channel> channel);

}  // namespace riptide::http
