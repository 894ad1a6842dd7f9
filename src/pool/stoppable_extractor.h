/// An extractor whose calls can be given up.
#pragma once

#include <riptide/extractor.h>

#include "sys/stop_tokens.h"

namespace riptide {

/// What the pool falls back to.
class StoppableExtractor : public Extractor {
public:
    /// As the other `extract`, until a stop is requested: then soon `kCancelled`, where the
    /// implementation does not say that it cannot stop.
    [[nodiscard]] virtual Result<Document> extract(const Request& request, Deadline deadline,
                                                   const sys::StopTokens& stop) const = 0;
    [[nodiscard]] Result<Document> extract(const Request& request, Deadline deadline) const final {
        return extract(request, deadline, {});
    }
};

}  // namespace riptide
