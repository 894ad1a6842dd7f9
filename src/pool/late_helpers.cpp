#include "pool/late_helpers.h"

namespace riptide {

Result<Document> LateHelpers::extract(const Request& request, Deadline deadline) const {
    std::call_once(once_, [this] { helpers_.emplace(HelperExtractor::create(settings_)); });
    if (!*helpers_) {
        return fail(ErrorClass::kHost,
                    "the native fallback cannot start: " + helpers_->error().detail);
    }
    return (**helpers_)->extract(request, deadline);
}

}  // namespace riptide
