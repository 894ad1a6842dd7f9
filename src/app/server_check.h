/// What `riptide doctor --url` looks at.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "app/diagnosis.h"
#include "http/client.h"

namespace riptide::app {

/// Looks at a server that runs, from its liveness to a page that it extracts; nothing more once it
/// does not even answer. `patience` is for each of some ten requests.
std::vector<Finding> check_server(const http::ServerUrl& server, const std::string& admin_token,
                                  std::chrono::milliseconds patience);

}  // namespace riptide::app
