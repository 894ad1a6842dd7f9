/// Shell completions, made from the command table.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace riptide::app {

enum class Shell : std::uint8_t { kBash, kZsh, kFish };
inline constexpr std::array<std::string_view, 3> kShellNames = {"bash", "zsh", "fish"};

/// The script for a shell.
std::string completions(Shell shell);

}  // namespace riptide::app
