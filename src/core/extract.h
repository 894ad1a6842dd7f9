/// The core's one entry: a page in UTF-8 to a document. Pure: the same bytes out of the native and
/// the wasm32 build, whatever the machine, the locale or the time.
#pragma once

#include <riptide/document.h>
#include <riptide/error.h>
#include <riptide/options.h>

#include <string_view>

namespace riptide::core {

/// Thread-safe: no state outlives the call. `html` and the options' strings must be valid UTF-8:
/// the host decodes and checks them once, on the way in. Errors: `kUnsupportedMode`, and those of
/// `Dom::parse`. Fills all of the document but what only the host knows (engine, fallback reason,
/// encoding).
Result<Document> extract(std::string_view html, const ExtractOptions& options);

}  // namespace riptide::core
