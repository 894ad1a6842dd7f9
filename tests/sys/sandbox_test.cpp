#include "sys/sandbox.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <memory>

namespace riptide::sys {
namespace {

/// The wait status of a process that does `work`.
template <typename Work>
int status_of(Work work) {
    const pid_t child = ::fork();
    if (child == 0) work();
    int status = -1;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return status;
}

SandboxLimits limits(std::chrono::seconds cpu_time) {
    return {Bytes{mapped_address_space().value().count + Bytes::mib(64).count}, cpu_time};
}

TEST(Sandbox, a_process_that_computes_without_end_runs_out_of_processor_time) {
    const int status = status_of([] {
        if (enter_sandbox(limits(std::chrono::seconds(1)))) ::_exit(1);
        volatile bool endless = true;
        while (endless) {
        }
    });
    ASSERT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(WTERMSIG(status), SIGXCPU);
}

TEST(Sandbox, only_the_descriptor_that_is_kept_stays_open) {
    const int kept = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    const int other = ::dup(kept);
    const int status = status_of([kept, other] {
        if (keep_only(kept)) ::_exit(1);
        if (::write(0, "x", 1) != 1) ::_exit(2);
        for (const int closed : {1, 2, kept, other}) {
            if (::fcntl(closed, F_GETFD) != -1) ::_exit(3);
        }
        ::_exit(0);
    });
    EXPECT_EQ(status, 0);
    ::close(kept);
    ::close(other);
}

// The C library's allocator: small and large blocks, grown and given back.
TEST(Sandbox, memory_can_be_had_and_given_back_up_to_the_cap) {
    const int status = status_of([] {
        const SandboxLimits bounds = limits(std::chrono::seconds(10));
        if (enter_sandbox(bounds)) ::_exit(1);
        for (std::size_t size = 16; size <= (std::size_t{32} << 20); size *= 2) {
            const std::unique_ptr<char, decltype(&std::free)> block(
                static_cast<char*>(std::malloc(size)), std::free);
            if (!block) ::_exit(2);
            block.get()[size - 1] = 1;
        }
        ::_exit(0);
    });
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
    // Its runtime makes system calls of its own before a process ends.
    ASSERT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(WTERMSIG(status), SIGSYS);
    return;
#endif
#endif
    EXPECT_EQ(status, 0);
}

TEST(Sandbox, a_failure_says_what_is_missing_and_why) {
    EXPECT_THAT(describe({SandboxStep::kFilter, ENOSYS}),
                testing::AllOf(testing::HasSubstr("seccomp filter was refused"),
                               testing::HasSubstr("not implemented")));
    EXPECT_THAT(describe({SandboxStep::kAddressSpace, ENOENT}), testing::HasSubstr("/proc"));
}

}  // namespace
}  // namespace riptide::sys
