#include "sys/supervisor.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>

#include "sys/file.h"

namespace riptide::sys {
namespace {

using namespace std::chrono_literals;

class Supervisor : public testing::TestWithParam<const char*> {
protected:
    ~Supervisor() override {
        for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) unsetenv(name);
    }
};

/// An abstract socket, and one in the file system.
TEST_P(Supervisor, is_told_by_way_of_its_socket) {
    std::string name = GetParam() + std::to_string(getpid());
    if (!name.starts_with('@')) {
        name.insert(0, testing::TempDir());
        unlink(name.c_str());
    }
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    if (name.starts_with('@')) address.sun_path[0] = '\0';
    const FileDescriptor socket(::socket(AF_UNIX, SOCK_DGRAM, 0));
    ASSERT_EQ(bind(socket.get(), reinterpret_cast<const sockaddr*>(&address),
                   static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size())),
              0);
    setenv("NOTIFY_SOCKET", name.c_str(), 1);
    notify_supervisor("READY=1");
    std::array<char, 64> received{};
    EXPECT_EQ(recv(socket.get(), received.data(), received.size(), MSG_DONTWAIT), 7);
    EXPECT_STREQ(received.data(), "READY=1");
    unlink(name.c_str());
}
INSTANTIATE_TEST_SUITE_P(of_both_kinds, Supervisor, testing::Values("@riptide-test-", "notify-"));

TEST_F(Supervisor, that_is_not_there_is_no_trouble) {
    notify_supervisor("READY=1");
    for (const std::string& path :
         {std::string(), std::string("/nonexistent/socket"), std::string(500, 'x')}) {
        setenv("NOTIFY_SOCKET", path.c_str(), 1);
        notify_supervisor("READY=1");
    }
}

TEST_F(Supervisor, says_how_often_it_wants_to_hear_of_us) {
    EXPECT_FALSE(watchdog_interval());
    setenv("WATCHDOG_USEC", "30000000", 1);
    EXPECT_EQ(watchdog_interval(), 30s);
    setenv("WATCHDOG_PID", std::to_string(getpid()).c_str(), 1);
    EXPECT_EQ(watchdog_interval(), 30s);
    setenv("WATCHDOG_PID", "1", 1);
    EXPECT_FALSE(watchdog_interval());
    setenv("WATCHDOG_PID", std::to_string(getpid()).c_str(), 1);
    setenv("WATCHDOG_USEC", "soon", 1);
    EXPECT_FALSE(watchdog_interval());
}

}  // namespace
}  // namespace riptide::sys
