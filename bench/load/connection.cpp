#include "load/connection.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <limits>

#include <boost/asio/buffer.hpp>

namespace riptide::load {
namespace {

namespace http = boost::beast::http;

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;
};

SocketAddress socket_address(const config::Address& address) {
    SocketAddress out;
    auto* v4 = reinterpret_cast<sockaddr_in*>(&out.storage);
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&out.storage);
    if (inet_pton(AF_INET, address.host.c_str(), &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(address.port);
        out.size = sizeof(*v4);
    } else if (inet_pton(AF_INET6, address.host.c_str(), &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(address.port);
        out.size = sizeof(*v6);
    }
    return out;
}

bool must_wait() { return errno == EAGAIN || errno == EINTR || errno == ENOTCONN; }

}  // namespace

std::unique_ptr<Connection> Connection::open(const config::Address& server) {
    const SocketAddress address = socket_address(server);
    const int fd =
        ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return nullptr;
    std::unique_ptr<Connection> connection(new Connection(fd));
    const int yes = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    const int error =
        connect(fd, reinterpret_cast<const sockaddr*>(&address.storage), address.size);
    return error == 0 || errno == EINPROGRESS ? std::move(connection) : nullptr;
}

Progress Connection::send(std::string_view request, Clock::time_point due) {
    unsent_ = request;
    due_ = due;
    sent_at_ = Clock::now();
    parser_.emplace();
    parser_->eager(true);
    parser_->body_limit(std::numeric_limits<std::uint64_t>::max());
    return write_rest() ? Progress::kWaiting : Progress::kFailed;
}

Progress Connection::advance() {
    if (!write_rest()) return Progress::kFailed;
    return read_some();
}

bool Connection::write_rest() {
    while (!unsent_.empty()) {
        const ssize_t size = ::send(socket(), unsent_.data(), unsent_.size(), MSG_NOSIGNAL);
        // A server may answer, and close, before it has read all: the answer still counts.
        if (size < 0) return must_wait() || errno == EPIPE || errno == ECONNRESET;
        unsent_.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
}

Progress Connection::read_some() {
    std::array<char, 65536> bytes;
    for (;;) {
        const ssize_t size = recv(socket(), bytes.data(), bytes.size(), 0);
        if (size < 0) return must_wait() ? Progress::kWaiting : Progress::kFailed;
        if (size == 0 || is_idle()) return Progress::kFailed;
        received_.append(bytes.data(), static_cast<std::size_t>(size));
        if (const Progress progress = parse(); progress != Progress::kWaiting) return progress;
    }
}

Progress Connection::parse() {
    boost::system::error_code error;
    const std::size_t used = parser_->put(boost::asio::buffer(received_), error);
    received_.erase(0, used);
    if (error && error != http::error::need_more) return Progress::kFailed;
    if (!parser_->is_done()) return Progress::kWaiting;
    status_ = parser_->get().result_int();
    stays_open_ = parser_->keep_alive() && unsent_.empty();
    parser_.reset();
    return Progress::kAnswered;
}

}  // namespace riptide::load
