#include "http/listener.h"

#include <linux/filter.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <utility>

namespace riptide::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// After an accept that failed because there are no descriptors left.
constexpr std::chrono::milliseconds kRest{50};
constexpr int kBacklog = 4096;
/// Accepted before others get their turn. Were it one, a thread that has much to do would leave
/// clients waiting in a queue that grows.
constexpr std::size_t kAcceptsAtOnce = 64;

tl::unexpected<Error> cannot_listen(const config::Address& address, const error_code& error) {
    std::string why = error.message();
    if (error == asio::error::address_in_use) why = "the port is taken by another program";
    if (error == asio::error::access_denied) {
        why =
            "this user may not use the port; take one from 1024 on, or grant "
            "CAP_NET_BIND_SERVICE";
    }
    if (error == boost::system::errc::address_not_available) {
        why = "this machine has no such address";
    }
    return fail(ErrorClass::kIo, "cannot listen on " + config::to_string(address) + ": " + why);
}

}  // namespace

Listener::Listener(asio::io_context& context, NextExecutor next, Accept accept)
    : acceptor_(context.get_executor()),
      timer_(context.get_executor()),
      next_(std::move(next)),
      accept_(std::move(accept)) {}

Result<void> Listener::open(const config::Address& address) {
    error_code error;
    const asio::ip::address host = asio::ip::make_address(address.host, error);
    const tcp::endpoint endpoint(host, address.port);
    if (!error) acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(kBacklog, error);
    if (!error) acceptor_.non_blocking(true, error);
    if (error) return cannot_listen(address, error);
    return {};
}

void Listener::accept_next() {
    acceptor_.async_accept(next_(), [this](error_code error, Socket socket) {
        // It may have been accepted just before the listener was closed.
        if (!error) accept_(std::move(socket));
        if (!acceptor_.is_open()) return;
        if (!error) error = accept_waiting(kAcceptsAtOnce);
        const bool is_exhausted = error == asio::error::no_descriptors ||
                                  error == boost::system::errc::too_many_files_open_in_system ||
                                  error == asio::error::no_buffer_space ||
                                  error == asio::error::no_memory;
        is_exhausted ? rest() : accept_next();
    });
}

void Listener::rest() {
    timer_.expires_after(kRest);
    timer_.async_wait([this](const error_code& error) {
        if (!error && acceptor_.is_open()) accept_next();
    });
}

void Listener::hold_off() {
    // A connection that came between the last accept and the close would be open for its client,
    // and lost; so the kernel drops segments with SYN, which begin one.
    constexpr std::uint32_t kFlagsOffset = 13;
    std::array<sock_filter, 4> program = {{
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, kFlagsOffset),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x02, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0),
        BPF_STMT(BPF_RET | BPF_K, 0xFFFFFFFF),
    }};
    const sock_fprog filter{program.size(), program.data()};
    // Where that is refused, what is lost is little.
    (void)::setsockopt(acceptor_.native_handle(), SOL_SOCKET, SO_ATTACH_FILTER, &filter,
                       sizeof filter);
}

void Listener::finish() {
    while (!accept_waiting(kAcceptsAtOnce)) {
    }
    error_code ignored;
    acceptor_.close(ignored);
    timer_.cancel();
}

/// The error that ends it; none after `most`.
error_code Listener::accept_waiting(std::size_t most) {
    error_code error;
    for (std::size_t i = 0; i < most && !error; ++i) {
        Socket socket(next_());
        acceptor_.accept(socket, error);
        if (!error) accept_(std::move(socket));
    }
    return error;
}

config::Address Listener::address() const {
    error_code ignored;
    const tcp::endpoint endpoint = acceptor_.local_endpoint(ignored);
    return {endpoint.address().to_string(), endpoint.port()};
}

}  // namespace riptide::http
