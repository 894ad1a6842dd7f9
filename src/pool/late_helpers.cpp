#include "pool/late_helpers.h"

#include <utility>

namespace riptide {

Result<Document> LateHelpers::extract(const Request& request, Deadline deadline,
                                      const sys::StopTokens& stop) const {
    std::call_once(once_, [this] {
        Result<std::unique_ptr<HelperExtractor>> helpers = HelperExtractor::create(settings_);
        if (helpers) {
            helpers_ = std::move(*helpers);
        } else {
            why_none_ = std::move(helpers.error().detail);
        }
    });
    if (helpers_ == nullptr) {
        return fail(ErrorClass::kHost, "the native fallback cannot start: " + why_none_);
    }
    return helpers_->extract(request, deadline, stop);
}

}  // namespace riptide
