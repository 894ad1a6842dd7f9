/// The secret that opens the admin routes.
#pragma once

#include <riptide/error.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "config/service_config.h"
#include "config/settings.h"

namespace riptide::config {

inline constexpr std::size_t kShortestToken = 16;
inline constexpr std::size_t kLongestToken = 256;

/// Whether it can be a token: visible ASCII, which goes into a header field as it is, of 16 to 256
/// characters.
bool is_admin_token(std::string_view text);

/// Puts the token of `admin_token_file`, if one is named, into `admin_token`. The file holds the
/// token and nothing else but white space around it. Errors: `kConfig` when both are given, when
/// the file holds no token, or when every user of the machine may read it; `kIo`. No error shows
/// what the file holds.
Result<void> load_admin_token(ServiceConfig& config);

/// A sentence for each file that the token comes from, be it the configuration or a file of its
/// own, and that others than its owner may read. None for what `load_admin_token` refuses.
std::vector<std::string> warn_of_exposed_token(const Settings& settings);

}  // namespace riptide::config
