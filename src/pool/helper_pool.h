/// Helpers, ready before they are asked for, and the queue for them.
#pragma once

#include <riptide/deadline.h>
#include <riptide/error.h>
#include <riptide/metrics.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "pool/helper_process.h"
#include "pool/zygote.h"
#include "sys/file.h"
#include "sys/stop_tokens.h"

namespace riptide {

struct HelperPoolSettings {
    std::uint32_t helpers;      ///< Processes at a time, 1 to `kMaxHelpers`.
    std::uint32_t max_waiting;  ///< Requests that may wait for one.
    HelperLimits limits;
    ZygoteOrigin origin;
};

/// A helper that serves one page: its name and this side of its socket.
struct Helper {
    std::uint64_t name;
    sys::FileDescriptor socket;
};

/// How long to wait before a helper is started, after `failures` in a row never got to serve: none
/// at first, then doubling from 10 ms to 5 s.
std::chrono::milliseconds restart_delay(std::uint32_t failures);

/// Keeps `helpers` processes, each good for one page. A thread of its own replaces those that
/// ended, and the zygote should it end. Thread-safe. Whoever took a helper hands it back before the
/// pool goes.
class HelperPool {
public:
    /// Errors: those of `Zygote::start`.
    static Result<std::unique_ptr<HelperPool>> create(const HelperPoolSettings& settings);
    ~HelperPool();

    /// The next helper, first come, first served. Errors: `kOverloaded` when the queue is full,
    /// `kDeadlineExceeded` when none was free in time, `kCancelled` when a stop was requested
    /// before one was, `kHost` when helpers keep failing to start.
    Result<Helper> take(Deadline deadline, const sys::StopTokens& stop);

    /// What ended a helper that closed its socket, which is known within moments of it; empty when
    /// it is not known by `deadline`. For helpers that were taken and not handed back.
    std::optional<HelperDeath> await_death(const Helper& helper, Deadline deadline);

    /// The helper answered. It is killed, whatever it is doing: it has served its page.
    void hand_back(Helper helper);
    /// The helper is of no more use; it is killed, and counted.
    void give_up(Helper helper, HelperDeath cause);

    [[nodiscard]] HelperStats stats() const;

private:
    struct Impl;
    explicit HelperPool(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace riptide
