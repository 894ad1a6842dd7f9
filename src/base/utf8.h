/// UTF-8 validation.
#pragma once

#include <cstddef>
#include <string_view>

namespace riptide {

/// The offset of the first byte that is not part of valid UTF-8 (Unicode, table 3-7), or
/// `bytes.size()` when all of it is valid.
std::size_t first_invalid_utf8(std::string_view bytes) noexcept;

}  // namespace riptide
