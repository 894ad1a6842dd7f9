#include "pool/native_extractor.h"

#include "core/extract.h"
#include "text/decode.h"

namespace riptide {

Result<Document> NativeExtractor::extract(const Request& request, Deadline deadline) const {
    if (deadline.passed(Deadline::Clock::now())) {
        return fail(ErrorClass::kDeadlineExceeded, "the deadline passed before the page was read");
    }
    Result<text::DecodedPage> page =
        text::decode(request.bytes, request.content_type, request.encoding);
    if (!page) return tl::unexpected(std::move(page.error()));
    Result<Document> document = core::extract(page->utf8(), request.options);
    if (document) {
        document->engine = Engine::kNative;
        document->encoding = page->encoding();
    }
    return document;
}

}  // namespace riptide
