/// What a supervisor of the manner of systemd is told.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace riptide::sys {

/// Sends "READY=1", "STOPPING=1", "RELOADING=1\nMONOTONIC_USEC=...", "WATCHDOG=1" or
/// "STATUS=words for a human" to the socket that $NOTIFY_SOCKET names. Without one, and where
/// nobody listens, nothing happens. Never blocks. Thread-safe.
/// Source: sd_notify(3), "Notes": the protocol is stable.
void notify_supervisor(std::string_view state);

/// How often "WATCHDOG=1" is expected ($WATCHDOG_USEC, for this process); empty: not at all.
/// Source: sd_watchdog_enabled(3).
std::optional<std::chrono::microseconds> watchdog_interval();

}  // namespace riptide::sys
