#include "sys/stream.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <span>
#include <string>
#include <thread>

namespace riptide::sys {
namespace {

using namespace std::chrono_literals;

std::span<std::byte> bytes_of(std::string& text) { return std::as_writable_bytes(std::span(text)); }

Transfer send_text(int socket, std::string& text, Deadline deadline) {
    std::array<iovec, 1> parts = {{{text.data(), text.size()}}};
    return send_all(socket, parts, deadline);
}

TEST(Stream, carries_more_than_a_socket_holds_in_several_parts) {
    auto sockets = make_socket_pair(SOCK_STREAM).value();
    std::string head = "head";
    std::string body(std::size_t{4} << 20, 'b');
    std::string received(head.size() + body.size(), '\0');
    std::thread receiver([&] {
        EXPECT_EQ(receive_all(sockets.far.get(), bytes_of(received), Deadline::never()),
                  Transfer::kDone);
    });
    std::array<iovec, 3> parts = {
        {{head.data(), head.size()}, {nullptr, 0}, {body.data(), body.size()}}};
    EXPECT_EQ(send_all(sockets.near.get(), parts, Deadline::never()), Transfer::kDone);
    receiver.join();
    EXPECT_EQ(received, head + body);
}

TEST(Stream, a_receiver_that_does_not_read_cannot_hold_the_sender) {
    auto sockets = make_socket_pair(SOCK_STREAM).value();
    std::string body(std::size_t{4} << 20, 'b');
    EXPECT_EQ(send_text(sockets.near.get(), body, Deadline::after(10ms)), Transfer::kTimedOut);
}

TEST(Stream, a_sender_that_says_nothing_cannot_hold_the_receiver) {
    auto sockets = make_socket_pair(SOCK_STREAM).value();
    std::string room(8, '\0');
    EXPECT_EQ(receive_all(sockets.near.get(), bytes_of(room), Deadline::after(10ms)),
              Transfer::kTimedOut);
    EXPECT_FALSE(wait_readable(sockets.near.get(), Deadline::after(0ms)));
}

// There is always something to read soon, so that hardly a wait ends in the deadline.
TEST(Stream, a_sender_of_single_bytes_gains_no_time) {
    auto sockets = make_socket_pair(SOCK_STREAM).value();
    std::thread sender([&] {
        while (::send(sockets.far.get(), "x", 1, MSG_NOSIGNAL) == 1) {
        }
    });
    std::string room(std::size_t{64} << 20, '\0');
    EXPECT_EQ(receive_all(sockets.near.get(), bytes_of(room), Deadline::after(20ms)),
              Transfer::kTimedOut);
    ::shutdown(sockets.near.get(), SHUT_RDWR);
    sender.join();
}

TEST(Stream, a_peer_that_is_gone_is_no_signal) {
    auto sockets = make_socket_pair(SOCK_STREAM).value();
    sockets.far.close();
    std::string room(8, '\0');
    EXPECT_EQ(send_text(sockets.near.get(), room, Deadline::never()), Transfer::kClosed);
    EXPECT_EQ(receive_all(sockets.near.get(), bytes_of(room), Deadline::never()),
              Transfer::kClosed);
    EXPECT_TRUE(wait_readable(sockets.near.get(), Deadline::never()));
    EXPECT_FALSE(send_packet(sockets.near.get(), bytes_of(room), -1));
}

TEST(Stream, a_packet_brings_a_descriptor_along) {
    auto packets = make_socket_pair(SOCK_SEQPACKET).value();
    auto gift = make_socket_pair(SOCK_STREAM).value();
    std::string text = "take it";
    ASSERT_TRUE(send_packet(packets.near.get(), bytes_of(text), gift.near.get()));
    ASSERT_TRUE(send_packet(packets.near.get(), bytes_of(text), -1));
    std::string received(text.size(), '\0');
    int descriptor = -1;
    ASSERT_TRUE(receive_packet(packets.far.get(), bytes_of(received), descriptor));
    EXPECT_EQ(received, text);
    const FileDescriptor owned(descriptor);
    ASSERT_TRUE(owned.is_open());
    EXPECT_EQ(send_text(owned.get(), text, Deadline::never()), Transfer::kDone);
    EXPECT_EQ(receive_all(gift.far.get(), bytes_of(received), Deadline::never()), Transfer::kDone);
    ASSERT_TRUE(receive_packet(packets.far.get(), bytes_of(received), descriptor));
    EXPECT_EQ(descriptor, -1);
}

TEST(Stream, a_packet_of_another_size_ends_the_conversation) {
    auto packets = make_socket_pair(SOCK_SEQPACKET).value();
    std::string text = "short";
    ASSERT_TRUE(send_packet(packets.near.get(), bytes_of(text), -1));
    std::string room(8, '\0');
    int descriptor = -1;
    EXPECT_FALSE(receive_packet(packets.far.get(), bytes_of(room), descriptor));
}

}  // namespace
}  // namespace riptide::sys
