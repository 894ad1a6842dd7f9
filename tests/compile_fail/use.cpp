// Must compile without MISUSE, and fail to with each value of it: what the types forbid.
#include <riptide/extractor.h>

#include "wasm/slot.h"

using riptide::Deadline;
using riptide::Document;
using riptide::ExtractOptions;
using riptide::Result;
using riptide::wasm::Slot;

Result<Document> use(Slot slot, const riptide::Extractor& extractor,
                     const riptide::Request& request) {
#if MISUSE == 1  // a slot is good for one call, which consumes it
    Result<Document> document = slot.call("<p>", ExtractOptions{}, Deadline::never());
#elif MISUSE == 2  // two owners of one store
    Slot copy = slot;
    Result<Document> document = std::move(copy).call("<p>", ExtractOptions{}, Deadline::never());
#elif MISUSE == 3  // a number of unknown unit as a deadline
    Result<Document> document = std::move(slot).call("<p>", ExtractOptions{}, 5000);
#elif MISUSE == 4  // an error taken for a document
    Document document = extractor.extract(request, Deadline::never());
#elif MISUSE == 5  // a set of outputs made of a plain number
    ExtractOptions options;
    options.outputs = 3;
    Result<Document> document = std::move(slot).call("<p>", options, Deadline::never());
#else
    Result<Document> document =
        request.bytes.empty()
            ? extractor.extract(request, Deadline::never())
            : std::move(slot).call(request.bytes, ExtractOptions{}, Deadline::never());
#endif
    return document;
}
