// Bytes to a document in the native core, under the sanitizers.
#include <cstdint>
#include <cstdlib>

#include "base/utf8.h"
#include "pool/native_extractor.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const riptide::NativeExtractor kExtractor;
    riptide::Request request;
    request.bytes = {reinterpret_cast<const char*>(data), size};
    request.options.url = "https://example.com/a/page.html";
    if (size > 0) {
        // The last byte chooses the mode, so that seeds stay pages.
        request.options.mode = static_cast<riptide::ExtractionMode>(data[size - 1] % 4);
        request.options.selectors = {"p", "div > a"};
    }
    const auto document = kExtractor.extract(request, riptide::Deadline::never());
    if (document) {
        for (const std::string* text : {&document->text, &document->markdown, &document->html,
                                        &document->title, &document->byline}) {
            if (riptide::first_invalid_utf8(*text) != text->size()) std::abort();
        }
    }
    return 0;
}
