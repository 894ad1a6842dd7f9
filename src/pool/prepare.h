/// What every engine does with a request before the core sees the page.
#pragma once

#include <riptide/config.h>
#include <riptide/extractor.h>

#include <string>

#include "text/decode.h"

namespace riptide {

/// Checks the request and decodes its page. Whatever crosses into a guest must be UTF-8, because
/// Wasmtime aborts the process on anything else: the URL and the selectors are refused when they
/// are not, the page is decoded into it. Errors: `kTooLarge`, `kUnsupportedMode`, those of
/// `text::decode`. The result may view `request.bytes`.
Result<text::DecodedPage> prepare(const Request& request, Bytes body_limit);

/// Whether a selector can be carried out, before there is a page to look for it. Error:
/// `kUnsupportedMode`, naming it. Thread-safe.
Result<void> check_selector(const std::string& selector);

}  // namespace riptide
