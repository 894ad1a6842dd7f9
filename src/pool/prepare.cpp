#include "pool/prepare.h"

#include <string>

#include "base/utf8.h"
#include "core/dom.h"

namespace riptide {

Result<text::DecodedPage> prepare(const Request& request, Bytes body_limit) {
    if (request.bytes.size() > body_limit.count) {
        return fail(ErrorClass::kTooLarge, "the page has " + std::to_string(request.bytes.size()) +
                                               " bytes, more than the limit of " +
                                               std::to_string(body_limit.count) +
                                               " (RIPTIDE_BODY_LIMIT_MB)");
    }
    const std::string& url = request.options.url;
    if (first_invalid_utf8(url) != url.size()) {
        return fail(ErrorClass::kUnsupportedMode, "the page's URL is not valid UTF-8");
    }
    for (const std::string& selector : request.options.selectors) {
        if (first_invalid_utf8(selector) != selector.size()) {
            return fail(ErrorClass::kUnsupportedMode, "a CSS selector is not valid UTF-8");
        }
    }
    return text::decode(request.bytes, request.content_type, request.encoding);
}

Result<void> check_selector(const std::string& selector) { return core::check_selector(selector); }

}  // namespace riptide
