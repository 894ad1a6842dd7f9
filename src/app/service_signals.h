/// The signals that a service is told what to do by.
#pragma once

#include <riptide/deadline.h>

#include <csignal>
#include <cstdint>

namespace riptide::app {

enum class ServiceSignal : std::uint8_t {
    kNone,    ///< The deadline passed.
    kStop,    ///< SIGTERM, SIGINT
    kReload,  ///< SIGHUP
};

/// Waits for them in one thread instead of having them interrupt any. Blocks them in the thread
/// that makes it, so it must be made before other threads are; they are unblocked when it goes.
class ServiceSignals {
public:
    ServiceSignals();
    ServiceSignals(const ServiceSignals&) = delete;
    ServiceSignals& operator=(const ServiceSignals&) = delete;
    ~ServiceSignals();

    /// The next one, at the latest at `deadline`.
    [[nodiscard]] ServiceSignal wait(Deadline deadline) const;

private:
    sigset_t awaited_{};
    sigset_t before_{};
};

}  // namespace riptide::app
