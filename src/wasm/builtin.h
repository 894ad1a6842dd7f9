/// The components that are embedded in the program.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace riptide::wasm {

enum class GuestBuild { kSimd, kScalar };

/// The bytes of the built-in component.
std::span<const std::uint8_t> builtin_component(GuestBuild build);

/// Their SHA-256 in hexadecimal, computed when the program was built, so that a start need not read
/// them.
std::string_view builtin_digest(GuestBuild build);

}  // namespace riptide::wasm
