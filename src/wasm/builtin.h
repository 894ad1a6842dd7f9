/// The components that are embedded in the program.
#pragma once

#include <cstdint>
#include <span>

namespace riptide::wasm {

enum class GuestBuild { kSimd, kScalar };

/// The bytes of the built-in component.
std::span<const std::uint8_t> builtin_component(GuestBuild build);

}  // namespace riptide::wasm
