#include "pool/native_extractor.h"

#include "core/extract.h"
#include "pool/prepare.h"

namespace riptide {

Result<Document> NativeExtractor::extract(const Request& request, Deadline deadline,
                                          const sys::StopTokens& /*stop*/) const {
    if (deadline.passed(Deadline::Clock::now())) {
        return fail(ErrorClass::kDeadlineExceeded, "the deadline passed before the page was read");
    }
    const Result<text::DecodedPage> page = prepare(request, body_limit_);
    if (!page) return tl::unexpected(page.error());
    Result<Document> document = core::extract(page->utf8(), request.options);
    if (document) {
        document->engine = Engine::kNative;
        document->encoding = page->encoding();
    }
    return document;
}

}  // namespace riptide
