#include "core/metadata.h"
namespace riptide::core {
Metadata read_metadata(const Dom&, const UrlResolver&) { return {}; }
}
