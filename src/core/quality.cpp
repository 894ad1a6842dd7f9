#include "core/quality.h"
namespace riptide::core {
PageType classify_page(const Dom&, const Metadata&, const Selection&) { return PageType::kOther; }
std::uint32_t quality_score(const Dom&, const Metadata&, const Selection&, std::uint32_t) { return 0; }
}
