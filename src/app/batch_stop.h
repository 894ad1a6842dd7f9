/// ^C in a batch: once to finish what is at hand, twice to end at once.
#pragma once

#include "sys/file.h"

namespace riptide::app {

/// As long as it lives, the first SIGINT or SIGTERM is a request that can be seen; the second ends
/// the process with exit code 130. A signal that was ignored when the program started stays so. One
/// at a time; thread-safe.
class StopRequest {
public:
    StopRequest();
    StopRequest(const StopRequest&) = delete;
    StopRequest& operator=(const StopRequest&) = delete;
    ~StopRequest();

    [[nodiscard]] bool requested() const;
    /// Readable as soon as it is requested; -1 when the system has no descriptor left.
    [[nodiscard]] int descriptor() const { return event_.get(); }

private:
    sys::FileDescriptor event_;
};

}  // namespace riptide::app
