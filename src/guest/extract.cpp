#include "guest/extract.h"

#include "core/extract.h"

namespace riptide::guest {

Result<Document> extract(std::string_view html, const ExtractOptions& options) {
    return core::extract(html, options);
}

}  // namespace riptide::guest
