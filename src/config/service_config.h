/// How the service listens, what it bounds, and what it logs.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "config/address.h"
#include "sys/log_line.h"

namespace riptide::config {

/// Plain data. Defaults are those of the option table, where each range is declared and checked;
/// the limit of a page is `ExtractorConfig::body_limit`.
struct ServiceConfig {
    Address listen{"127.0.0.1", 8080};
    /// Where the admin routes are served; no host: on `listen`.
    Address admin_listen;
    /// What a request for an admin route must carry; empty: nothing. A secret: never shown.
    std::string admin_token;
    /// A file with the token (`load_admin_token`); empty: none.
    std::string admin_token_file;

    std::uint32_t io_threads = 2;
    std::uint32_t max_connections = 1024;           ///< Open at once; more are refused.
    std::uint32_t requests_per_connection = 10000;  ///< Then the connection is closed.
    std::uint32_t header_limit_kib = 16;            ///< Request line and header fields.
    std::chrono::seconds header_timeout{10};        ///< From the first byte of a request.
    std::chrono::seconds body_timeout{15};          ///< From the end of its header.
    std::chrono::seconds idle_timeout{60};          ///< Between two requests.
    std::chrono::seconds write_timeout{15};         ///< Without progress of a response.
    std::chrono::seconds drain_timeout{30};         ///< From SIGTERM until the rest is cancelled.
    std::uint32_t batch_in_flight = 16;             ///< Pages of one batch at once.
    std::uint32_t rate_limit = 0;                   ///< Requests per second of one client; 0: any.

    sys::LogLevel log_level = sys::LogLevel::kInfo;
    sys::LogFormat log_format = sys::LogFormat::kText;
};

}  // namespace riptide::config
