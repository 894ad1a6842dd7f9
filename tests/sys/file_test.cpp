#include "sys/file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <limits>
#include <string>
#include <thread>

namespace riptide::sys {
namespace {

TEST(FileDescriptor, that_goes_does_not_hide_why_something_failed) {
    errno = ENOSPC;
    // Closing it fails: there is no such descriptor.
    {
        const FileDescriptor none(std::numeric_limits<int>::max());
    }
    EXPECT_EQ(errno, ENOSPC);
}

TEST(ReadInto, takes_what_a_pipe_brings_in_pieces_and_stops_where_it_ends_or_the_room_does) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const FileDescriptor reader(ends[0]);
    std::thread writer([end = ends[1]] {
        for (const char* piece : {"ab", "cd", "ef"}) EXPECT_EQ(::write(end, piece, 2), 2);
        ::close(end);
    });
    std::array<std::uint8_t, 4> first{};
    std::array<std::uint8_t, 4> second{};
    EXPECT_EQ(read_into(reader.get(), "pipe", first).value_or(0), 4U);
    EXPECT_EQ(read_into(reader.get(), "pipe", second).value_or(0), 2U);
    EXPECT_EQ(std::string(first.begin(), first.end()), "abcd");
    EXPECT_EQ(std::string(second.begin(), second.begin() + 2), "ef");
    writer.join();
}

TEST(ReadInto, names_what_cannot_be_read) {
    std::array<std::uint8_t, 1> room{};
    const Result<std::size_t> read = read_into(-1, "the file", room);
    ASSERT_FALSE(read);
    EXPECT_NE(read.error().detail.find("the file"), std::string::npos);
}

}  // namespace
}  // namespace riptide::sys
