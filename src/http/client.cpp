#include "http/client.h"

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <memory>

#include "sys/file.h"
#include "sys/stream.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace riptide::http {
namespace {

namespace beast = boost::beast;
using Parser = beast::http::response_parser<beast::http::string_body>;

struct FreeAddresses {
    void operator()(addrinfo* list) const { freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

std::string name_of(const ServerUrl& server) {
    const bool v6 = server.host.find(':') != std::string::npos;
    return (v6 ? "[" + server.host + "]" : server.host) + ":" + server.port;
}

tl::unexpected<Error> too_late(const ServerUrl& server) {
    return fail(ErrorClass::kDeadlineExceeded, name_of(server) + " did not answer in time");
}

Result<Addresses> resolve(const ServerUrl& server) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    const int error = getaddrinfo(server.host.c_str(), server.port.c_str(), &hints, &list);
    if (error != 0) {
        return fail(ErrorClass::kIo, "cannot find " + server.host + ": " + gai_strerror(error));
    }
    return Addresses(list);
}

/// The error number; 0 when the connection stands.
int finish_connecting(int socket, const addrinfo& address, Deadline deadline) {
    if (connect(socket, address.ai_addr, address.ai_addrlen) == 0) return 0;
    if (errno != EINPROGRESS) return errno;
    if (!sys::wait_writable(socket, deadline)) return ETIMEDOUT;
    int error = 0;
    socklen_t size = sizeof(error);
    getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

Result<sys::FileDescriptor> connect_to(const ServerUrl& server, Deadline deadline) {
    const Result<Addresses> addresses = resolve(server);
    if (!addresses) return tl::unexpected(addresses.error());
    int error = EADDRNOTAVAIL;
    for (const addrinfo* each = addresses->get(); each != nullptr; each = each->ai_next) {
        sys::FileDescriptor socket(
            ::socket(each->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        error = socket.is_open() ? finish_connecting(socket.get(), *each, deadline) : errno;
        if (error == 0) return socket;
    }
    if (error == ETIMEDOUT) return too_late(server);
    return fail(ErrorClass::kIo,
                "cannot connect to " + name_of(server) + ": " + std::strerror(error));
}

std::string serialize(const ServerUrl& server, const ClientRequest& request) {
    std::string out = request.method + " " + request.path +
                      " HTTP/1.1\r\nHost: " + name_of(server) +
                      "\r\nConnection: close\r\nAccept: " + request.accept + "\r\n";
    if (!request.bearer_token.empty()) {
        out += "Authorization: Bearer " + request.bearer_token + "\r\n";
    }
    if (!request.content_type.empty()) {
        out += "Content-Type: " + request.content_type +
               "\r\nContent-Length: " + std::to_string(request.body.size()) + "\r\n";
    }
    return out + "\r\n" + request.body;
}

tl::unexpected<Error> not_http(const ServerUrl& server, const std::string& why) {
    return fail(ErrorClass::kIo, name_of(server) + " does not answer in HTTP: " + why);
}

Result<ClientResponse> read_answer(int socket, const ServerUrl& server, Deadline deadline) {
    Parser parser;
    parser.eager(true);
    parser.body_limit(kLargestAnswer.count);
    std::string pending;
    std::array<char, 16384> bytes;
    boost::system::error_code error;
    while (!parser.is_done()) {
        if (!sys::wait_readable(socket, deadline)) return too_late(server);
        const ssize_t size = recv(socket, bytes.data(), bytes.size(), 0);
        if (size < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (size < 0) return not_http(server, std::strerror(errno));
        if (size == 0) {
            // To the parser, nothing at all is whole.
            const bool has_begun = parser.got_some();
            parser.put_eof(error);
            if (error || !has_begun) return not_http(server, "the connection was closed");
            break;
        }
        pending.append(bytes.data(), static_cast<std::size_t>(size));
        pending.erase(0, parser.put(boost::asio::buffer(pending), error));
        if (error == beast::http::error::body_limit) {
            return fail(ErrorClass::kTooLarge, name_of(server) + ": the answer is too large");
        }
        if (error && error != beast::http::error::need_more) {
            return not_http(server, error.message());
        }
    }
    auto message = parser.release();
    return ClientResponse{message.result_int(), std::string(message[beast::http::field::date]),
                          std::move(message.body())};
}

bool is_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc{} && end == text.data() + text.size() && port != 0;
}

tl::unexpected<Error> refused(std::string_view what) {
    return fail(ErrorClass::kUsage, std::string(what) + "; a server's URL is http://HOST[:PORT]");
}

bool is_host(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '.' || c == ':' || c == '_' || c == '%';
    });
}

}  // namespace

Result<ServerUrl> parse_server_url(std::string_view text) {
    constexpr std::string_view kScheme = "http://";
    if (text.starts_with("https://")) return refused("https is not spoken here");
    if (!text.starts_with(kScheme)) return refused("it does not begin with http://");
    text.remove_prefix(kScheme.size());
    if (text.ends_with('/')) text.remove_suffix(1);
    if (text.find_first_of("/?#") != std::string_view::npos) {
        return refused("it has a path, a query or a fragment");
    }
    if (text.find('@') != std::string_view::npos) return refused("it has user information");
    const bool bracketed = text.starts_with('[');
    const std::size_t bracket = text.find(']');
    if (bracketed && bracket == std::string_view::npos) return refused("its [ is never closed");
    const std::size_t host_end = std::min(bracketed ? bracket + 1 : text.find(':'), text.size());
    const std::string_view rest = text.substr(host_end);
    ServerUrl url{std::string(text.substr(0, host_end)), "80"};
    if (bracketed) url.host = url.host.substr(1, host_end - 2);
    if (!is_host(url.host)) return refused("its host is no name or address");
    if (rest.empty()) return url;
    if (!rest.starts_with(':')) return refused("something follows its ]");
    url.port = rest.substr(1);
    if (!is_port(url.port)) return refused("its port is not a whole number from 1 to 65535");
    return url;
}

Result<ClientResponse> fetch(const ServerUrl& server, const ClientRequest& request,
                             Deadline deadline) {
    const Result<sys::FileDescriptor> socket = connect_to(server, deadline);
    if (!socket) return tl::unexpected(socket.error());
    std::string text = serialize(server, request);
    std::array<iovec, 1> parts = {iovec{text.data(), text.size()}};
    // A server that refuses early closes before it has read all; its answer is there nevertheless.
    if (sys::send_all(socket->get(), parts, deadline) == sys::Transfer::kTimedOut) {
        return too_late(server);
    }
    return read_answer(socket->get(), server, deadline);
}

}  // namespace riptide::http
