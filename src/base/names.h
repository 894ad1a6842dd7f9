/// Enumerators by their names.
#pragma once

#include <riptide/options.h>

#include <optional>
#include <string_view>

namespace riptide {

/// The mode whose `to_string` is `name`. Thread-safe.
std::optional<ExtractionMode> mode_named(std::string_view name) noexcept;

}  // namespace riptide
