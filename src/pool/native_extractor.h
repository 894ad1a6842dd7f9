/// The core, in the caller's thread and process: no sandbox.
#pragma once

#include <riptide/extractor.h>

namespace riptide {

/// For trusted pages, tests and measurements: the core's own caps are its only limits, and a
/// deadline is looked at before the work starts but does not interrupt it. Thread-safe.
class NativeExtractor final : public Extractor {
public:
    [[nodiscard]] Result<Document> extract(const Request& request,
                                           Deadline deadline) const override;
};

}  // namespace riptide
