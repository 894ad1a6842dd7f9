/// The process that helpers are forked from.
#pragma once

#include <riptide/config.h>
#include <riptide/deadline.h>
#include <riptide/error.h>

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>

#include "pool/helper_process.h"
#include "sys/stream.h"

namespace riptide {

/// What each helper of a zygote may use.
struct HelperLimits {
    Bytes memory;  ///< On top of what the zygote itself has mapped.
    std::chrono::seconds cpu_time;
};

/// What a zygote tells of one of its helpers. Packets between two processes.
struct ZygoteEvent {
    enum class Kind : std::uint32_t {
        kExited,     ///< `value` is its wait status; it has been reaped.
        kForkFailed  ///< It was never started; `value` is the errno of fork.
    };
    std::uint64_t helper;
    Kind kind;
    std::int32_t value;
};

/// The helpers one zygote can have at a time.
inline constexpr std::uint32_t kMaxHelpers = 64;

/// A zygote is a fork of this process that does nothing but fork helpers on demand, kill and reap
/// them. It is of one thread, small, and never sees a page, so its forks are cheap, safe, and all
/// alike. When this process ends, by whatever means, the zygote sees its socket close, and ends
/// with all its helpers.
///
/// The fork is made by `start`, in a process that may have other threads by then. Up to the first
/// fork of a helper the zygote makes only calls that are async-signal-safe. Helpers allocate, which
/// glibc's malloc allows after such a fork, as do others that register with pthread_atfork
/// (jemalloc, tcmalloc); an allocator that does not must not be used with it.
///
/// Zygote and helpers have a session of their own, and ignore SIGINT, SIGTERM, SIGHUP and SIGQUIT:
/// neither a terminal nor a service manager that signals all processes of a unit ends them before
/// this process has drained. The embedding program must not reap the zygote (`waitpid(-1, ...)`),
/// and sees a SIGCHLD when it ends. A fork of this program that goes on without exec keeps the
/// zygote alive as long as itself.
///
/// Thread-safe but for `next_event`, which one thread at a time may call.
class Zygote {
public:
    /// Error: `kHost` when there are no descriptors or processes left, or when the kernel does not
    /// allow what the sandbox needs.
    static Result<Zygote> start(const HelperLimits& limits, HelperWork work);
    Zygote(Zygote&& other) noexcept;
    Zygote& operator=(Zygote&&) = delete;
    /// Ends the zygote and its helpers, and reaps it.
    ~Zygote();

    /// Orders a helper called `helper` that serves the other end of `socket`. False when the zygote
    /// is gone.
    [[nodiscard]] bool spawn(std::uint64_t helper, int socket) const;

    /// Kills the helper, if it still lives. The event that it exited follows.
    void kill(std::uint64_t helper) const;

    enum class Wait : std::uint8_t { kEvent, kTimedOut, kGone };
    /// Waits for the next event. `kGone` when the zygote ended.
    [[nodiscard]] Wait next_event(ZygoteEvent& event, Deadline deadline) const;

    /// Tells the zygote to end; `next_event` then soon says `kGone`.
    void shut_down() const;

private:
    Zygote(sys::FileDescriptor control, pid_t pid) : control_(std::move(control)), pid_(pid) {}
    sys::FileDescriptor control_;
    pid_t pid_;
};

}  // namespace riptide
