/// The core, in the caller's thread and process: no sandbox.
#pragma once

#include <riptide/config.h>

#include "pool/stoppable_extractor.h"

namespace riptide {

/// For trusted pages, tests and measurements: the core's own caps are its only limits, and a
/// deadline is looked at before the work starts but does not interrupt it, nor does a stop request.
/// Thread-safe.
class NativeExtractor final : public StoppableExtractor {
public:
    explicit NativeExtractor(Bytes body_limit = ExtractorConfig{}.body_limit)
        : body_limit_(body_limit) {}

    using StoppableExtractor::extract;
    [[nodiscard]] Result<Document> extract(const Request& request, Deadline deadline,
                                           const sys::StopTokens& stop) const override;

private:
    Bytes body_limit_;
};

}  // namespace riptide
