#include "sys/stream.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>

namespace riptide::sys {
namespace {

/// False when the deadline passed before any of `events` came.
bool wait_for(int socket, short events, Deadline deadline) {
    pollfd entry{socket, events, 0};
    for (;;) {
        timespec left{};
        if (!deadline.is_never()) {
            const auto nanoseconds = deadline.left(Deadline::Clock::now());
            const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(nanoseconds);
            left.tv_sec = seconds.count();
            left.tv_nsec = (nanoseconds - seconds).count();
        }
        const int ready = ::ppoll(&entry, 1, deadline.is_never() ? nullptr : &left, nullptr);
        if (ready > 0) return true;
        if (ready == 0) return false;
        if (errno != EINTR) return true;  // the next call on the socket tells
    }
}

/// Takes `count` bytes off the front of `parts`.
std::span<iovec> without(std::span<iovec> parts, std::size_t count) {
    while (!parts.empty() && count >= parts.front().iov_len) {
        count -= parts.front().iov_len;
        parts = parts.subspan(1);
    }
    if (count > 0) {
        parts.front().iov_base = static_cast<std::byte*>(parts.front().iov_base) + count;
        parts.front().iov_len -= count;
    }
    return parts;
}

/// Room for one descriptor beside a packet.
struct Control {
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> bytes{};
};

}  // namespace

std::optional<SocketPair> make_socket_pair(int type) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends.data()) != 0) return std::nullopt;
    return SocketPair{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

Transfer send_all(int socket, std::span<iovec> parts, Deadline deadline) {
    parts = without(parts, 0);
    while (!parts.empty()) {
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = parts.size();
        const ssize_t sent = ::sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent >= 0) {
            parts = without(parts, static_cast<std::size_t>(sent));
            if (!parts.empty() && deadline.passed(Deadline::Clock::now())) {
                return Transfer::kTimedOut;
            }
        } else if (errno == EAGAIN) {
            if (!wait_for(socket, POLLOUT, deadline)) return Transfer::kTimedOut;
        } else if (errno != EINTR) {
            return Transfer::kClosed;
        }
    }
    return Transfer::kDone;
}

Transfer receive_all(int socket, std::span<std::byte> bytes, Deadline deadline) {
    while (!bytes.empty()) {
        const ssize_t got = ::recv(socket, bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (got > 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(got));
            // A sender of single bytes gains no time.
            if (!bytes.empty() && deadline.passed(Deadline::Clock::now())) {
                return Transfer::kTimedOut;
            }
        } else if (got < 0 && errno == EAGAIN) {
            if (!wait_for(socket, POLLIN, deadline)) return Transfer::kTimedOut;
        } else if (got == 0 || errno != EINTR) {
            return Transfer::kClosed;
        }
    }
    return Transfer::kDone;
}

bool wait_readable(int socket, Deadline deadline) { return wait_for(socket, POLLIN, deadline); }

bool wait_writable(int socket, Deadline deadline) { return wait_for(socket, POLLOUT, deadline); }

bool send_packet(int socket, std::span<const std::byte> packet, int descriptor) {
    iovec part{const_cast<std::byte*>(packet.data()), packet.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    Control control;
    if (descriptor >= 0) {
        message.msg_control = control.bytes.data();
        message.msg_controllen = control.bytes.size();
        cmsghdr* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof descriptor);
        std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    }
    ssize_t sent = -1;
    do {
        sent = ::sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == static_cast<ssize_t>(packet.size());
}

bool receive_packet(int socket, std::span<std::byte> packet, int& descriptor) {
    descriptor = -1;
    iovec part{packet.data(), packet.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    Control control;
    message.msg_control = control.bytes.data();
    message.msg_controllen = control.bytes.size();
    ssize_t got = -1;
    do {
        got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    if (got != static_cast<ssize_t>(packet.size())) return false;
    const cmsghdr* header = CMSG_FIRSTHDR(&message);
    if (header != nullptr && header->cmsg_type == SCM_RIGHTS) {
        std::memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
    }
    return true;
}

}  // namespace riptide::sys
