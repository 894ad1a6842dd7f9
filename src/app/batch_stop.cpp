#include "app/batch_stop.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>

#include "app/exit_codes.h"
#include "app/interrupt.h"

namespace riptide::app {
namespace {

// A signal handler can reach nothing but globals.
volatile std::sig_atomic_t stop_requested = 0;
volatile std::sig_atomic_t event_descriptor = -1;

void request_stop(int /*signal_number*/) {
    if (stop_requested != 0) _exit(static_cast<int>(ExitCode::kInterrupted));
    stop_requested = 1;
    const int error_number = errno;
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = write(event_descriptor, &one, sizeof one);
    errno = error_number;
}

}  // namespace

StopRequest::StopRequest() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    stop_requested = 0;
    event_descriptor = event_.get();
    for (const int signal_number : {SIGINT, SIGTERM}) {
        struct sigaction current{};
        sigaction(signal_number, nullptr, &current);
        if (current.sa_handler == SIG_IGN) continue;
        struct sigaction action{};
        action.sa_handler = request_stop;
        sigaction(signal_number, &action, nullptr);
    }
}

StopRequest::~StopRequest() { install_signal_handlers(); }

bool StopRequest::requested() const { return stop_requested != 0; }

}  // namespace riptide::app
