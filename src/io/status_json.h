/// How a pool does, as JSON: base units (seconds, bytes, ratios from 0 to 1), named in the keys.
#pragma once

#include <riptide/error.h>
#include <riptide/pooled_instance.h>

#include <chrono>
#include <string>
#include <vector>

#include "io/metrics_text.h"

#include <boost/json/object.hpp>

namespace riptide::io {

/// A request that ended with an error.
struct RecentError {
    std::chrono::steady_clock::time_point at;
    ErrorClass error_class;
    std::string detail;
    std::string request_id;  ///< As in the answer's X-Request-Id.
};

enum class Secrecy : std::uint8_t { kPublic, kSecret };

/// An option as it is in force.
struct SettingInForce {
    std::string name;
    std::string value;
    std::string source;  ///< "default", "file", "environment" or "flag".
    Secrecy secrecy = Secrecy::kPublic;
};

/// What an operator may see. Plain data; whoever runs the service fills it.
struct AdminStatus {
    PoolFigures pool;
    std::vector<PooledInstance> instances;
    std::vector<RecentError>
        recent_errors;  ///< The last ones, newest first; bounded by the filler.
    std::vector<SettingInForce> configuration;
    std::string version;
    std::chrono::nanoseconds uptime{0};
    bool draining = false;  ///< No new connections are taken.
    // What ages are counted to.
    std::chrono::steady_clock::time_point now;
    std::chrono::system_clock::time_point wall_clock_now;
};

/// For GET /health/pool: the level and what it was found from. Always the same keys; what is not
/// there is null.
boost::json::object health_json(const PoolFigures& figures);

/// For GET /admin/pool/health: `health` as above, and all that is counted. A secret's value is
/// "***", or "" when it is empty. Every time is an age, so a viewer's clock does not matter.
boost::json::object admin_json(const AdminStatus& status);

}  // namespace riptide::io
