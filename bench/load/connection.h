/// A connection of the load: one request at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "config/address.h"
#include "load/schedule.h"
#include "sys/file.h"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace riptide::load {

/// What a connection came to when it was looked at.
enum class Progress : std::uint8_t {
    kWaiting,   ///< Nothing to tell yet.
    kAnswered,  ///< `status` holds, and the next request may be sent.
    kFailed,    ///< The connection is of no more use.
};

/// Not thread-safe. Never blocks. The socket is watched by its user.
class Connection {
public:
    /// Begins to connect; empty, with errno set, when that fails at once.
    static std::unique_ptr<Connection> open(const config::Address& server);

    /// Sends `request`, which must outlive the answer; `due` is when it should have been sent.
    Progress send(std::string_view request, Clock::time_point due);
    /// Goes on with writing and reading.
    Progress advance();

    [[nodiscard]] int socket() const { return socket_.get(); }
    [[nodiscard]] bool is_idle() const { return !parser_.has_value(); }
    /// Whether part of the request is still to be written.
    [[nodiscard]] bool wants_to_write() const { return !unsent_.empty(); }
    /// Of the request that was sent last.
    [[nodiscard]] Clock::time_point due() const { return due_; }
    [[nodiscard]] Clock::time_point sent_at() const { return sent_at_; }
    [[nodiscard]] unsigned status() const { return status_; }
    /// Whether the server takes another request here.
    [[nodiscard]] bool stays_open() const { return stays_open_; }

private:
    using Parser = boost::beast::http::response_parser<boost::beast::http::string_body>;

    explicit Connection(int socket) : socket_(socket) {}
    [[nodiscard]] bool write_rest();
    Progress read_some();
    Progress parse();

    sys::FileDescriptor socket_;
    std::string_view unsent_;
    std::string received_;
    std::optional<Parser> parser_;
    Clock::time_point due_;
    Clock::time_point sent_at_;
    unsigned status_ = 0;
    bool stays_open_ = true;
};

}  // namespace riptide::load
