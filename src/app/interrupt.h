/// What ^C and other signals do.
#pragma once

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

}  // namespace riptide::app
