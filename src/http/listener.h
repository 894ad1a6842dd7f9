/// A socket that accepts connections.
#pragma once

#include <riptide/error.h>

#include <chrono>
#include <cstddef>
#include <functional>

#include "config/address.h"
#include "http/worker.h"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace riptide::http {

/// For one thread, that of its context.
class Listener {
public:
    /// Sockets belong to the executors that `next` gives.
    using Accept = std::function<void(Socket socket)>;
    using NextExecutor = std::function<Executor()>;

    Listener(boost::asio::io_context& context, NextExecutor next, Accept accept);

    /// Error: `kIo`.
    Result<void> open(const config::Address& address);
    void start() { accept_next(); }
    /// From here on clients that begin to connect wait, in vain, until the listener closes; those
    /// that are in the middle of it get through.
    void hold_off();
    /// Takes what waits to be taken, and closes.
    void finish();
    [[nodiscard]] config::Address address() const;

private:
    void accept_next();
    boost::system::error_code accept_waiting(std::size_t most);
    void rest();

    boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, Executor> acceptor_;
    boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                      boost::asio::wait_traits<std::chrono::steady_clock>, Executor>
        timer_;
    const NextExecutor next_;
    const Accept accept_;
};

}  // namespace riptide::http
