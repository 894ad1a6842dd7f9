/// Stops a guest from outside, at whatever instruction it is.
///
/// Compiled code asks nobody whether it may go on: such checks at each loop cost a fifth of a
/// page's time. The engine's ticker sends a signal to a thread whose guest is due, and the signal's
/// handler, on that thread, lets a guest that must stop go on at an instruction that traps.
/// Wasmtime takes it from there, as with any trap. What the host does for the guest is never
/// interrupted: the guest is reminded again until it is back in code of its own. So do Go
/// (asynchronous preemption of goroutines, also by SIGURG) and Lucet (its KillSwitch).
#pragma once

#include <riptide/deadline.h>
#include <riptide/error.h>

#include <csignal>

#include "wasm/trap.h"

namespace riptide::wasm {

/// The signal. Ignored by default, and no debugger stops at it.
inline constexpr int kInterruptSignal = SIGURG;

/// Lets the process take the signal; the second time, only where somebody has set it back to be
/// ignored. Others' signals of the same number go to the handler that there was before, whose flags
/// and mask do not count. A handler that comes later has to do the same, or no guest is stopped.
/// Error: `kEngineStart` where the process may not send signals to itself. Thread-safe.
Result<void> install_interrupt_handler();

/// While it lives, the guest that this thread runs is stopped as `limits` say: at the deadline,
/// never before it, or soon after a stop request, and `limits.stopped` tells which. The thread's
/// mask blocks neither the signal nor those of traps from then on. One at a time for each thread;
/// `code` and `limits` outlive it.
class Interruptible {
public:
    Interruptible(const riptide_code_t& code, CallLimits& limits);
    ~Interruptible();
    Interruptible(const Interruptible&) = delete;
    Interruptible& operator=(const Interruptible&) = delete;
};

/// Sends the signal to all threads whose guests are due at `now`, or, between ticks, only to those
/// that were busy with the host's part when the last one came. True when it is worth looking again
/// before the next tick. Thread-safe.
bool interrupt_due(Deadline::Clock::time_point now, bool on_tick);

}  // namespace riptide::wasm
