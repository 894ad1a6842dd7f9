/// Connected sockets, used without ever blocking past a deadline.
#pragma once

#include <riptide/deadline.h>

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "sys/file.h"

namespace riptide::sys {

/// Both ends of a connection, close-on-exec.
struct SocketPair {
    FileDescriptor near;
    FileDescriptor far;
};

/// `type` is SOCK_STREAM or SOCK_SEQPACKET. Empty, with errno set, when there are no descriptors
/// left.
std::optional<SocketPair> make_socket_pair(int type);

enum class Transfer : std::uint8_t {
    kDone,
    kTimedOut,  ///< The deadline passed first.
    kClosed,    ///< The other side is gone.
};

/// Sends all of `parts`, which are used up. Never raises SIGPIPE. Thread-safe for one sender.
Transfer send_all(int socket, std::span<iovec> parts, Deadline deadline);

/// Fills `bytes`. Thread-safe for one receiver.
Transfer receive_all(int socket, std::span<std::byte> bytes, Deadline deadline);

/// Waits until there is something to receive, the end of the stream included. False when the
/// deadline passed first.
bool wait_readable(int socket, Deadline deadline);

/// Waits until something can be sent, a connection attempt that ended included. False when the
/// deadline passed first.
bool wait_writable(int socket, Deadline deadline);

/// Sends one packet, and a duplicate of `descriptor` with it when that is not negative, at once or
/// not at all. Thread-safe.
bool send_packet(int socket, std::span<const std::byte> packet, int descriptor);

/// Receives one packet of exactly `packet.size()` bytes into `packet`, and the descriptor that came
/// with it, -1 when none did. False at the end of the stream. Blocks.
bool receive_packet(int socket, std::span<std::byte> packet, int& descriptor);

}  // namespace riptide::sys
