/// What a load is made of.
#pragma once

#include <riptide/error.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/address.h"

namespace riptide::load {

inline constexpr std::uint64_t kMostRequests = 5'000'000;
inline constexpr std::chrono::seconds kLongest{3600};

struct Options {
    config::Address server;
    std::string path = "/extract";
    std::vector<std::string> page_files;  ///< Sent in turn; empty: GET requests.
    std::string accept = "application/json";
    std::uint32_t connections = 8;
    /// Requests per second, whatever the server does (open loop); 0: each connection sends its next
    /// request when it has the answer to the one before (closed loop).
    double rate = 0;
    std::chrono::seconds warm_up{1};  ///< Not measured.
    std::chrono::seconds duration{10};
    std::uint64_t requests = kMostRequests;  ///< At most, the warm-up included.
    std::chrono::seconds timeout{30};        ///< For one answer.
    int server_process = 0;  ///< Whose processor time is told for each answer; 0: nobody's.
    bool as_json = false;
};

/// Reads the arguments of the program. Errors: `kUsage`; a server that is not on this machine is
/// one, unless --allow-remote says that it is the caller's to load.
/// Empty: help was shown.
Result<std::optional<Options>> parse(int argc, const char* const* argv);

}  // namespace riptide::load
