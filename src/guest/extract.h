/// What the component's export does with a page.
#pragma once

#include <riptide/document.h>
#include <riptide/error.h>
#include <riptide/options.h>

#include <string_view>

namespace riptide::guest {

/// The core's `extract`; in the guest of the pool's tests, a page tells what goes wrong.
Result<Document> extract(std::string_view html, const ExtractOptions& options);

}  // namespace riptide::guest
