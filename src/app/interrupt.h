/// What ^C and other signals do.
#pragma once

#include <csignal>
#include <string>

namespace riptide::app {

/// ^C ends the process at once with exit code 130; SIGTERM and SIGHUP end it as they usually do;
/// each removes the temporary file first. A signal that was ignored when the program started stays
/// so. A pipe whose reader left, and a file that may not grow, are errors of `write`, not signals.
void install_signal_handlers();

/// As long as it lives, a signal removes the file. One at a time.
class RemovedOnSignal {
public:
    explicit RemovedOnSignal(const std::string& path);
    RemovedOnSignal(const RemovedOnSignal&) = delete;
    RemovedOnSignal& operator=(const RemovedOnSignal&) = delete;
    ~RemovedOnSignal();
};

/// As long as it lives, those signals wait. For the main thread, which is the one to take them: a
/// `sys::Thread` takes none.
class SignalsHeld {
public:
    SignalsHeld();
    SignalsHeld(const SignalsHeld&) = delete;
    SignalsHeld& operator=(const SignalsHeld&) = delete;
    ~SignalsHeld();

private:
    sigset_t before_{};
};

}  // namespace riptide::app
