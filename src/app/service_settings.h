/// The configuration of a running service, and what of it can change while it runs.
#pragma once

#include <riptide/error.h>

#include <string>
#include <vector>

#include "config/settings.h"
#include "http/service.h"

namespace riptide::app {

/// What the service starts with: the admin token is loaded, and helpers are processes of this
/// program. Errors: `kConfig`, `kIo`.
Result<http::ServiceSettings> service_settings(const config::Settings& settings);

/// What became of options that are different now.
struct Reload {
    http::ServiceSettings settings;          ///< What holds from now on.
    std::vector<std::string> applied;        ///< Names of options.
    std::vector<std::string> needs_restart;  ///< Likewise; the old value holds.
};

/// A pure function, but for the token's file. Errors: `kConfig`, `kIo`.
Result<Reload> reload_settings(const http::ServiceSettings& in_force,
                               const config::Settings& fresh);

}  // namespace riptide::app
