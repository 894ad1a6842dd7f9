/// The rows of the option table that concern the service, and the file. For options.cpp only.
#pragma once

#include <algorithm>
#include <array>

#include "config/address.h"
#include "config/option_rows.h"

namespace riptide::config {

inline constexpr std::array<std::string_view, 4> kLogLevels = {"debug", "info", "warning", "error"};
inline constexpr std::array<std::string_view, 2> kLogFormats = {"text", "json"};

/// Of a checked value: empty only where that is allowed.
inline Address address(const OptionValue& value) {
    return parse_address(text(value)).value_or(Address{});
}

/// The enumerator whose name it is.
template <typename Enum>
Enum choice(const OptionValue& value, std::span<const std::string_view> names) {
    return static_cast<Enum>(std::ranges::find(names, text(value)) - names.begin());
}

inline constexpr std::array kServiceOptions = {
    OptionSpec{
        "listen",
        "RIPTIDE_LISTEN",
        "--listen",
        "ADDRESS",
        OptionKind::kAddress,
        "127.0.0.1:8080",
        0,
        0,
        "",
        "Where the service listens; port 0 is any free one.",
        [](const OptionValue& value, Targets config) { config.service.listen = address(value); },
        OptionScope::kService,
        {}},
    OptionSpec{"admin_listen",
               "RIPTIDE_ADMIN_LISTEN",
               "--admin-listen",
               "ADDRESS",
               OptionKind::kAddress,
               "",
               0,
               0,
               "",
               "A listener of their own for the admin routes, health and metrics; when empty "
               "they are served on the first.",
               [](const OptionValue& value, Targets config) {
                   config.service.admin_listen = address(value);
               },
               OptionScope::kService,
               {}},
    OptionSpec{
        "admin_token",
        "RIPTIDE_ADMIN_TOKEN",
        "",
        "TOKEN",
        OptionKind::kSecret,
        "",
        0,
        0,
        "",
        "What requests for admin routes must carry as a bearer token; needed unless "
        "they are served on a loopback address or on a listener of their own.",
        [](const OptionValue& value, Targets config) { config.service.admin_token = text(value); },
        OptionScope::kService,
        {}},
    OptionSpec{"admin_token_file",
               "RIPTIDE_ADMIN_TOKEN_FILE",
               "--admin-token-file",
               "FILE",
               OptionKind::kPath,
               "",
               0,
               0,
               "",
               "A file with the admin token, which others may not read.",
               [](const OptionValue& value, Targets config) {
                   config.service.admin_token_file = text(value);
               },
               OptionScope::kService,
               {}},
    OptionSpec{
        "io_threads",
        "RIPTIDE_IO_THREADS",
        "--io-threads",
        "N",
        OptionKind::kInteger,
        "2",
        1,
        64,
        "",
        "Threads that read requests and write responses; pages are extracted by others.",
        [](const OptionValue& value, Targets config) { config.service.io_threads = count(value); },
        OptionScope::kService,
        {}},
    OptionSpec{"max_connections",
               "RIPTIDE_MAX_CONNECTIONS",
               "--max-connections",
               "N",
               OptionKind::kInteger,
               "1024",
               1,
               100000,
               "",
               "Connections that may be open at once; more are refused.",
               [](const OptionValue& value, Targets config) {
                   config.service.max_connections = count(value);
               },
               OptionScope::kService,
               {}},
    OptionSpec{"requests_per_connection",
               "RIPTIDE_REQUESTS_PER_CONNECTION",
               "",
               "N",
               OptionKind::kInteger,
               "10000",
               1,
               1000000000,
               "",
               "Requests after which a connection is closed, so that clients spread again.",
               [](const OptionValue& value, Targets config) {
                   config.service.requests_per_connection = count(value);
               },
               OptionScope::kService,
               {}},
    OptionSpec{"header_limit_kb",
               "RIPTIDE_HEADER_LIMIT_KB",
               "",
               "KB",
               OptionKind::kInteger,
               "16",
               1,
               1024,
               "KiB",
               "The largest request line and header fields that are taken.",
               [](const OptionValue& value, Targets config) {
                   config.service.header_limit_kib = count(value);
               },
               OptionScope::kService,
               {}},
    OptionSpec{"header_timeout_secs",
               "RIPTIDE_HEADER_TIMEOUT_SECS",
               "",
               "SECS",
               OptionKind::kInteger,
               "10",
               1,
               3600,
               "s",
               "Time for the header of a request, from its first byte.",
               [](const OptionValue& value, Targets config) {
                   config.service.header_timeout = seconds(value);
               },
               OptionScope::kService,
               {}},
    OptionSpec{"body_timeout_secs",
               "RIPTIDE_BODY_TIMEOUT_SECS",
               "",
               "SECS",
               OptionKind::kInteger,
               "15",
               1,
               3600,
               "s",
               "Time for the body of a request.",
               [](const OptionValue& value, Targets config) {
                   config.service.body_timeout = seconds(value);
               },
               OptionScope::kService,
               {}},
    OptionSpec{"idle_timeout_secs",
               "RIPTIDE_IDLE_TIMEOUT_SECS",
               "",
               "SECS",
               OptionKind::kInteger,
               "60",
               1,
               3600,
               "s",
               "How long a connection may stay open without a request.",
               [](const OptionValue& value, Targets config) {
                   config.service.idle_timeout = seconds(value);
               },
               OptionScope::kService,
               {}},
    OptionSpec{"write_timeout_secs",
               "RIPTIDE_WRITE_TIMEOUT_SECS",
               "",
               "SECS",
               OptionKind::kInteger,
               "15",
               1,
               3600,
               "s",
               "How long a client may take nothing of a response.",
               [](const OptionValue& value, Targets config) {
                   config.service.write_timeout = seconds(value);
               },
               OptionScope::kService,
               {}},
    OptionSpec{"drain_timeout_secs",
               "RIPTIDE_DRAIN_TIMEOUT_SECS",
               "--drain-timeout",
               "SECS",
               OptionKind::kInteger,
               "30",
               0,
               3600,
               "s",
               "Time for the requests in flight to finish when the service is told to stop; "
               "the rest is cancelled.",
               [](const OptionValue& value, Targets config) {
                   config.service.drain_timeout = seconds(value);
               },
               OptionScope::kService,
               {}},
    OptionSpec{"batch_in_flight",
               "RIPTIDE_BATCH_IN_FLIGHT",
               "",
               "N",
               OptionKind::kInteger,
               "16",
               1,
               1024,
               "",
               "Pages of one batch request that are extracted or wait at once.",
               [](const OptionValue& value, Targets config) {
                   config.service.batch_in_flight = count(value);
               },
               OptionScope::kService,
               {}},
    OptionSpec{
        "rate_limit",
        "RIPTIDE_RATE_LIMIT",
        "--rate-limit",
        "N",
        OptionKind::kInteger,
        "0",
        0,
        1000000,
        "",
        "Pages and batches per second that one client address may send, bursts of as many "
        "included; 0 is any number.",
        [](const OptionValue& value, Targets config) { config.service.rate_limit = count(value); },
        OptionScope::kService,
        {}},
    OptionSpec{"log_level", "RIPTIDE_LOG_LEVEL", "--log-level", "LEVEL", OptionKind::kChoice,
               "info", 0, 0, "", "What is logged at least.",
               [](const OptionValue& value, Targets config) {
                   config.service.log_level = choice<sys::LogLevel>(value, kLogLevels);
               },
               OptionScope::kService, kLogLevels},
    OptionSpec{"log_format", "RIPTIDE_LOG_FORMAT", "--log-format", "FORMAT", OptionKind::kChoice,
               "text", 0, 0, "",
               "For people (text: name=value pairs) or for programs (json: an object a line).",
               [](const OptionValue& value, Targets config) {
                   config.service.log_format = choice<sys::LogFormat>(value, kLogFormats);
               },
               OptionScope::kService, kLogFormats},
    OptionSpec{"config",
               "RIPTIDE_CONFIG",
               "--config",
               "FILE",
               OptionKind::kPath,
               "",
               0,
               0,
               "",
               "A TOML file with options by their names; environment and flags win over it.",
               [](const OptionValue&, Targets) {},
               OptionScope::kEngine,
               {}},
};

}  // namespace riptide::config
