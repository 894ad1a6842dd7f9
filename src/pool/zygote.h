/// The process that helpers are forked from.
#pragma once

#include <riptide/config.h>
#include <riptide/deadline.h>
#include <riptide/error.h>

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

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

/// Where a zygote comes from.
struct ZygoteOrigin {
    HelperWork work;      ///< What helpers of a fork do.
    std::string program;  ///< The program to run, whose helpers do `core::extract`; empty: a fork.
};

/// The helpers one zygote can have at a time.
inline constexpr std::uint32_t kMaxHelpers = 64;

/// A zygote does nothing but fork helpers on demand, kill and reap them. It is of one thread and
/// never sees a page, so its forks are safe and all alike. When this process ends, by whatever
/// means, the zygote sees its socket close, and ends with all its helpers.
///
/// It is one of two things:
/// - A fork of this process, made by `start` whatever threads there are. Up to the first fork of a
///   helper it makes only calls that are async-signal-safe. Helpers allocate, which glibc's malloc
///   allows after such a fork, as do others that register with pthread_atfork (jemalloc,
///   tcmalloc); an allocator that does not must not be used with it. Helpers see what was in memory
///   at that moment, and each costs a copy of its page tables: make it early.
/// - A fresh process of a program that begins with `serve_as_zygote_if_asked`. It has nothing of
///   this process, and its forks are cheap however large this one is.
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
    /// allow what the sandbox needs, or the program cannot be run.
    static Result<Zygote> start(const ZygoteOrigin& origin, const HelperLimits& limits);
    Zygote(Zygote&& other) noexcept;
    Zygote& operator=(Zygote&&) = delete;
    /// Ends the zygote and its helpers, and reaps it: within moments, or within seconds where it
    /// does not answer.
    ~Zygote();

    /// Orders a helper called `helper` that serves the other end of `socket`. False when the zygote
    /// is gone.
    [[nodiscard]] bool spawn(std::uint64_t helper, int socket) const;

    /// Kills the helper, if it still lives. The event that it exited follows.
    void kill(std::uint64_t helper) const;

    enum class Wait : std::uint8_t { kEvent, kTimedOut, kGone };
    /// Waits for the next event. `kGone` when the zygote ended.
    [[nodiscard]] Wait next_event(ZygoteEvent& event, Deadline deadline) const;

    /// Tells the zygote to end, and hears no more of it: once `next_event` has told what is there
    /// already, it says `kGone`, whatever the zygote does.
    void shut_down() const;

private:
    Zygote(sys::FileDescriptor control, pid_t pid) : control_(std::move(control)), pid_(pid) {}
    sys::FileDescriptor control_;
    pid_t pid_;
};

}  // namespace riptide
