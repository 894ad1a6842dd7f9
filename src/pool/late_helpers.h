/// Helper processes for who may never need them.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "pool/helper_extractor.h"
#include "pool/stoppable_extractor.h"

namespace riptide {

/// Starts its helpers for the first page; what they promise is `HelperExtractor`'s. Thread-safe.
class LateHelpers final : public StoppableExtractor {
public:
    /// `settings.program` must name a program: a fork would see the pages that are in memory when
    /// it is made.
    explicit LateHelpers(HelperSettings settings) : settings_(std::move(settings)) {}

    using StoppableExtractor::extract;
    /// Errors: those of `HelperExtractor::extract`; `kHost` also when the helpers cannot start.
    [[nodiscard]] Result<Document> extract(const Request& request, Deadline deadline,
                                           const sys::StopTokens& stop) const override;

private:
    const HelperSettings settings_;
    mutable std::once_flag once_;
    mutable std::unique_ptr<HelperExtractor> helpers_;
    mutable std::string why_none_;  // where they cannot start
};

}  // namespace riptide
