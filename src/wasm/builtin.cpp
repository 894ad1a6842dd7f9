#include "wasm/builtin.h"

// Defined in the generated assembly file, which includes the components' bytes.
extern "C" {
extern const std::uint8_t riptide_component_simd[];
extern const std::uint8_t riptide_component_simd_end[];
extern const std::uint8_t riptide_component_scalar[];
extern const std::uint8_t riptide_component_scalar_end[];
extern const char riptide_component_simd_sha256[];
extern const char riptide_component_scalar_sha256[];
}

namespace riptide::wasm {

std::span<const std::uint8_t> builtin_component(GuestBuild build) {
    return build == GuestBuild::kSimd
               ? std::span(riptide_component_simd, riptide_component_simd_end)
               : std::span(riptide_component_scalar, riptide_component_scalar_end);
}

std::string_view builtin_digest(GuestBuild build) {
    constexpr std::size_t kHexDigits = 64;
    return {build == GuestBuild::kSimd ? riptide_component_simd_sha256
                                       : riptide_component_scalar_sha256,
            kHexDigits};
}

}  // namespace riptide::wasm
