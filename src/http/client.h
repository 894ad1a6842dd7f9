/// An HTTP client for one request at a time, to look at a server with.
#pragma once

#include <riptide/config.h>
#include <riptide/deadline.h>
#include <riptide/error.h>

#include <string>
#include <string_view>

namespace riptide::http {

/// Where a server is.
struct ServerUrl {
    std::string host;  ///< A name or an address, IPv6 without brackets.
    std::string port;
};

/// Reads "http://HOST[:PORT][/]". Error: `kUsage` for anything else, which says what is wrong with
/// it.
Result<ServerUrl> parse_server_url(std::string_view text);

struct ClientRequest {
    std::string method = "GET";
    std::string path;
    std::string accept = "*/*";
    std::string content_type;  ///< Of `body`; without one no body is sent.
    std::string body;
    std::string bearer_token;  ///< Empty: none.
};

struct ClientResponse {
    unsigned status = 0;
    std::string date;  ///< The field of that name; empty when there is none.
    std::string body;
};

/// A longer answer is an error.
inline constexpr Bytes kLargestAnswer = Bytes::mib(64);

/// Connects, asks and waits for the whole answer. Errors: `kIo` when there is no connection or no
/// HTTP on it, `kTooLarge`, and `kDeadlineExceeded`; the time that a name takes to be resolved is
/// not bounded. Thread-safe. Redirects are not followed.
Result<ClientResponse> fetch(const ServerUrl& server, const ClientRequest& request,
                             Deadline deadline);

}  // namespace riptide::http
