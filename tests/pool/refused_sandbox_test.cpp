// Containers that refuse what the sandbox is made of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>

#include "pool/helper_extractor.h"

namespace riptide {
namespace {

/// Makes a system call fail with EPERM, here and in every process from here on.
bool refuse(std::uint32_t call) {
    std::array<sock_filter, 4> filter = {{
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    }};
    const sock_fprog program{filter.size(), filter.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

/// What `create` says where `call` is refused, tried in a process of its own.
std::string complaint_without(std::uint32_t call) {
    std::array<int, 2> pipe{};
    EXPECT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(pipe[0]);
        std::string said = "could not refuse";
        if (refuse(call)) {
            const auto extractor = HelperExtractor::create(HelperSettings{});
            said = extractor ? "started" : extractor.error().detail;
        }
        static_cast<void>(!::write(pipe[1], said.data(), said.size()));
        ::_exit(0);
    }
    ::close(pipe[1]);
    std::array<char, 1000> said{};
    const ssize_t size = ::read(pipe[0], said.data(), said.size());
    ::close(pipe[0]);
    EXPECT_EQ(::waitpid(child, nullptr, 0), child);
    return {said.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
}

TEST(RefusedSandbox, a_kernel_without_seccomp_is_named) {
    EXPECT_THAT(complaint_without(__NR_seccomp), testing::HasSubstr("seccomp filter was refused"));
}

TEST(RefusedSandbox, a_prctl_that_is_refused_is_named) {
    EXPECT_THAT(complaint_without(__NR_prctl), testing::HasSubstr("PR_SET_PDEATHSIG"));
}

TEST(RefusedSandbox, limits_that_are_refused_are_named) {
    EXPECT_THAT(complaint_without(__NR_prlimit64), testing::HasSubstr("resource limit"));
}

TEST(RefusedSandbox, a_kernel_without_close_range_is_named) {
    EXPECT_THAT(complaint_without(__NR_close_range), testing::HasSubstr("close_range"));
}

TEST(RefusedSandbox, a_socket_that_is_refused_is_named) {
    EXPECT_THAT(complaint_without(__NR_socketpair), testing::HasSubstr("socket"));
}

}  // namespace
}  // namespace riptide
