/// POST /extract/batch: a page a line in, a document a line out.
#pragma once

#include <memory>

#include "http/exchange.h"

namespace riptide::http {

/// Each line is a page as POST /extract takes it, with an optional "id", and has one line in the
/// answer, in the same order: a document or an error, with that "id". Both are streamed, and no
/// more is read than is worked on. Refusals: 406, 415, 422 for a query.
Checked<std::unique_ptr<Handler>> make_batch_handler(const RequestContext& context,
                                                     Service& service,
                                                     std::shared_ptr<Channel> channel);

}  // namespace riptide::http
