/// The one interface between a page and its document. Command line, service, worker and tests hold
/// only this; the native core, the sandbox and the guarded pool are implementations of it.
#pragma once

#include <riptide/deadline.h>
#include <riptide/document.h>
#include <riptide/error.h>
#include <riptide/options.h>

#include <chrono>
#include <string>
#include <string_view>

namespace riptide {

/// Where the time of an extraction went.
struct Timings {
    std::chrono::nanoseconds queue{0};   ///< Until there was an instance and a processor for it.
    std::chrono::nanoseconds decode{0};  ///< From bytes to UTF-8.
    std::chrono::nanoseconds guest{0};   ///< In the sandbox, and in the fallback.
};

/// One page to extract. A view: `bytes` must outlive the call.
struct Request {
    std::string_view bytes;    ///< The page as it came, in any encoding.
    std::string content_type;  ///< The transport's Content-Type header, or empty.
    std::string encoding;      ///< An encoding label that overrides what the page says, or empty.
    ExtractOptions options;
    Timings* timings = nullptr;  ///< Filled by an `InstancePool`, if not null; outlives the call.
};

/// Turns pages into documents. `extract` is const: any number of threads may call it at once.
class Extractor {
public:
    virtual ~Extractor() = default;

    /// Returns by `deadline` plus a few milliseconds, with the document (`Status::kOk` or
    /// `kEmpty`) or a typed error.
    [[nodiscard]] virtual Result<Document> extract(const Request& request,
                                                   Deadline deadline) const = 0;
};

}  // namespace riptide
