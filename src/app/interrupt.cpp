#include "app/interrupt.h"

#include <unistd.h>

#include <array>
#include <climits>
#include <csignal>

#include "app/exit_codes.h"

namespace riptide::app {
namespace {

constexpr std::array kHandled = {SIGINT, SIGTERM, SIGHUP};

// A signal handler can reach nothing but globals.
std::array<char, PATH_MAX> removed_path;
volatile std::sig_atomic_t has_removed_path = 0;

void end_on_signal(int signal_number) {
    if (has_removed_path != 0) unlink(removed_path.data());
    if (signal_number == SIGINT) _exit(static_cast<int>(ExitCode::kInterrupted));
    std::raise(signal_number);  // the default action now, by SA_RESETHAND
}

}  // namespace

void install_signal_handlers() {
    for (const int signal_number : kHandled) {
        struct sigaction current{};
        sigaction(signal_number, nullptr, &current);
        if (current.sa_handler == SIG_IGN) continue;
        struct sigaction action{};
        action.sa_handler = end_on_signal;
        action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
        sigaction(signal_number, &action, nullptr);
    }
    for (const int signal_number : {SIGPIPE, SIGXFSZ}) std::signal(signal_number, SIG_IGN);
}

RemovedOnSignal::RemovedOnSignal(const std::string& path) {
    if (path.size() >= removed_path.size()) return;
    path.copy(removed_path.data(), path.size());
    removed_path.at(path.size()) = '\0';
    has_removed_path = 1;
}

RemovedOnSignal::~RemovedOnSignal() { has_removed_path = 0; }

SignalsHeld::SignalsHeld() {
    sigset_t held;
    sigemptyset(&held);
    for (const int signal_number : kHandled) sigaddset(&held, signal_number);
    pthread_sigmask(SIG_BLOCK, &held, &before_);
}

SignalsHeld::~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

}  // namespace riptide::app
