/// A process that can compute and nothing else: no files, no network, no other processes.
#pragma once

#include <riptide/config.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace riptide::sys {

/// Where the way into the sandbox ended.
enum class SandboxStep : std::uint8_t {
    kNone,
    kDescriptors,   ///< close_range
    kParentDeath,   ///< prctl(PR_SET_PDEATHSIG)
    kPrivileges,    ///< prctl(PR_SET_NO_NEW_PRIVS)
    kDump,          ///< prctl(PR_SET_DUMPABLE)
    kAddressSpace,  ///< reading /proc/self/statm
    kLimits,        ///< setrlimit
    kFilter,        ///< seccomp
};

struct SandboxFailure {
    SandboxStep step;
    int error_number;  ///< errno of the system call that failed.
};

/// What the sandbox needs and does not get, as the rest of a sentence: "the seccomp filter was
/// refused (Function not implemented)".
std::string describe(SandboxFailure failure);

/// Bounds of a sandboxed process.
struct SandboxLimits {
    /// All of its address space, what it has mapped already included (RLIMIT_AS).
    Bytes address_space;
    /// Processor time; then SIGXCPU, and a second later SIGKILL (RLIMIT_CPU).
    std::chrono::seconds cpu_time;
};

/// How much address space the calling process has mapped; empty, with errno set, where /proc does
/// not tell.
std::optional<Bytes> mapped_address_space();

/// Asks the kernel to end this process before any other when the machine runs out of memory. A
/// wish: where it is not granted, the kernel chooses by size.
void volunteer_for_the_oom_killer();

/// Makes `descriptor` number 0 and closes every other one. Linux 5.9.
std::optional<SandboxFailure> keep_only(int descriptor);

/// Gives up, for good, everything but computing and the open descriptors: no privileges to be
/// gained, no core dump and no debugger, no new descriptor, file or process, bounded memory and
/// processor time, and of system calls only those that reading, writing and allocating take. Any
/// other one kills the process (SIGSYS); abort() makes one. No memory becomes executable.
///
/// For a process of one thread; allocates nothing. What failed is told; the process must then end.
/// Source: seccomp(2), getrlimit(2), prctl(2).
std::optional<SandboxFailure> enter_sandbox(const SandboxLimits& limits);

}  // namespace riptide::sys
