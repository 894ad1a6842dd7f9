/// One I/O thread, and what its connections share.
#pragma once

#include <array>
#include <list>
#include <unordered_set>

#include "http/exchange.h"
#include "http/response.h"
#include "http/service.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace riptide::http {

using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;

class Connection;

/// A connection belongs to one worker for life, so nothing of it needs a lock. All members but
/// `context` are for the worker's own thread.
struct Worker {
    /// Throws `boost::system::system_error` where there are no descriptors left.
    explicit Worker(Service& the_service) : service(the_service) {
        // What sockets are watched with is made for the first one, and could not be had later.
        const Socket first(context);
    }

    Service& service;
    /// What is read goes through here, so a connection that waits has no buffer.
    std::array<char, std::size_t{256} << 10> scratch;
    DateClock date;
    std::unordered_set<Connection*> connections;
    /// Those that wait for a request, by `ListenerRole`, each list from the longest wait on.
    std::array<std::list<Connection*>, 3> idle;
    boost::asio::io_context context{1};  // last: what it still holds uses the others
};

}  // namespace riptide::http
