#include "sys/sandbox.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <system_error>

namespace riptide::sys {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "the sandbox knows the system calls of x86_64 and aarch64 only"
#endif
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the filter takes the low half of an argument to come first"
#endif

/// Reading, writing, allocating, and ending. Nothing here takes a path, an address or a process.
constexpr std::array<std::uint32_t, 13> kAllowed = {
    __NR_read,        __NR_write,        __NR_munmap,          __NR_mremap,
    __NR_brk,         __NR_madvise,      __NR_futex,           __NR_clock_gettime,
    __NR_sched_yield, __NR_rt_sigreturn, __NR_restart_syscall, __NR_exit,
    __NR_exit_group,
};
/// Allowed as long as the memory is not to be executable; `prot` is the third argument of both.
constexpr std::array<std::uint32_t, 2> kMapping = {__NR_mmap, __NR_mprotect};

constexpr std::size_t kFilterSize = 4 + kMapping.size() + kAllowed.size() + 5;

constexpr sock_filter load(std::size_t offset) {
    return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}
constexpr sock_filter jump(std::uint16_t test, std::uint32_t value, std::size_t yes,
                           std::size_t no) {
    return BPF_JUMP(static_cast<std::uint16_t>(BPF_JMP | test | BPF_K), value,
                    static_cast<std::uint8_t>(yes), static_cast<std::uint8_t>(no));
}
constexpr sock_filter kKill = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
constexpr sock_filter kAllow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);

/// Jumps are relative to the next instruction and only go forward.
constexpr std::array<sock_filter, kFilterSize> make_filter() {
    constexpr std::size_t kCheckMapping = kFilterSize - 4;
    constexpr std::size_t kAllowIt = kFilterSize - 1;
    std::array<sock_filter, kFilterSize> filter{};
    std::size_t at = 0;
    filter[at++] = load(offsetof(seccomp_data, arch));
    filter[at++] = jump(BPF_JEQ, kArchitecture, 1, 0);
    filter[at++] = kKill;
    filter[at++] = load(offsetof(seccomp_data, nr));
    for (const std::uint32_t call : kMapping) {
        filter[at] = jump(BPF_JEQ, call, kCheckMapping - at - 1, 0);
        ++at;
    }
    for (const std::uint32_t call : kAllowed) {
        filter[at] = jump(BPF_JEQ, call, kAllowIt - at - 1, 0);
        ++at;
    }
    filter[at++] = kKill;
    filter[at++] = load(offsetof(seccomp_data, args) + 2 * sizeof(std::uint64_t));
    filter[at++] = jump(BPF_JSET, PROT_EXEC, 0, 1);
    filter[at++] = kKill;
    filter[at++] = kAllow;
    return filter;
}

std::optional<SandboxFailure> failure(SandboxStep step) { return SandboxFailure{step, errno}; }

/// A hard limit that is lower already stays: an unprivileged process cannot raise it.
bool limit(int resource, rlim_t soft, rlim_t hard) {
    rlimit now{};
    if (::getrlimit(resource, &now) != 0) return false;
    const rlim_t bound = std::min(hard, now.rlim_max);
    const rlimit wanted{std::min(soft, bound), bound};
    return ::setrlimit(resource, &wanted) == 0;
}

bool apply(const SandboxLimits& limits) {
    const auto cpu_seconds = static_cast<rlim_t>(limits.cpu_time.count());
    return limit(RLIMIT_AS, limits.address_space.count, limits.address_space.count) &&
           limit(RLIMIT_CPU, cpu_seconds, cpu_seconds + 1) && limit(RLIMIT_NOFILE, 0, 0) &&
           limit(RLIMIT_FSIZE, 0, 0) && limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_NPROC, 0, 0) &&
           limit(RLIMIT_MEMLOCK, 0, 0);
}

std::string_view what(SandboxStep step) {
    switch (step) {
        case SandboxStep::kNone:
            break;
        case SandboxStep::kDescriptors:
            return "close_range was refused, which Linux has since 5.9";
        case SandboxStep::kParentDeath:
            return "prctl(PR_SET_PDEATHSIG) was refused";
        case SandboxStep::kPrivileges:
            return "prctl(PR_SET_NO_NEW_PRIVS) was refused";
        case SandboxStep::kDump:
            return "prctl(PR_SET_DUMPABLE) was refused";
        case SandboxStep::kAddressSpace:
            return "/proc/self/statm cannot be read, without which memory cannot be capped";
        case SandboxStep::kLimits:
            return "a resource limit was refused";
        case SandboxStep::kFilter:
            return "the seccomp filter was refused";
    }
    return "the process ended before its sandbox stood";
}

}  // namespace

std::string describe(SandboxFailure failure) {
    std::string text(what(failure.step));
    if (failure.error_number != 0) {
        text += " (" + std::generic_category().message(failure.error_number) + ")";
    }
    return text;
}

std::optional<Bytes> mapped_address_space() {
    const int fd = ::open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (fd < 0) return std::nullopt;
    std::array<char, 128> text{};
    const ssize_t size = ::read(fd, text.data(), text.size() - 1);
    ::close(fd);
    const std::uint64_t pages = size > 0 ? std::strtoull(text.data(), nullptr, 10) : 0;
    if (pages == 0) return std::nullopt;
    return Bytes{pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE))};
}

void volunteer_for_the_oom_killer() {
    const int fd = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd < 0) return;
    constexpr std::string_view kFirst = "1000";
    [[maybe_unused]] const ssize_t granted = ::write(fd, kFirst.data(), kFirst.size());
    ::close(fd);
}

std::optional<SandboxFailure> keep_only(int descriptor) {
    // By number: the C library has a function for it only since 2.34.
    if ((descriptor != 0 && ::dup2(descriptor, 0) < 0) ||
        ::syscall(SYS_close_range, 1U, ~0U, 0U) != 0) {
        return failure(SandboxStep::kDescriptors);
    }
    return std::nullopt;
}

std::optional<SandboxFailure> enter_sandbox(const SandboxLimits& limits) {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failure(SandboxStep::kPrivileges);
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return failure(SandboxStep::kDump);
    if (!apply(limits)) return failure(SandboxStep::kLimits);
    static constexpr std::array kFilter = make_filter();
    // The kernel copies the program and does not write to it.
    const sock_fprog program{kFilterSize, const_cast<sock_filter*>(kFilter.data())};
    if (::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0) {
        return failure(SandboxStep::kFilter);
    }
    return std::nullopt;
}

}  // namespace riptide::sys
