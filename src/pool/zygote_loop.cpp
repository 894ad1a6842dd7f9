#include "pool/zygote_loop.h"

#include <malloc.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <limits>
#include <span>

#include "sys/sandbox.h"

namespace riptide {
namespace {

constexpr int kControl = 0;

/// The embedding program's handlers are not for this process. What ends a service politely is for
/// its main process, which then ends this one.
void reset_signals() {
    struct sigaction action{};
    for (int number = 1; number < NSIG; ++number) {
        const bool polite =
            number == SIGINT || number == SIGTERM || number == SIGHUP || number == SIGQUIT;
        action.sa_handler = polite ? SIG_IGN : SIG_DFL;
        ::sigaction(number, &action, nullptr);  // refused for SIGKILL and SIGSTOP
    }
}

/// A helper ends before giving memory back pays, and glibc opens a file to learn whether it may.
void never_trim() {
#ifdef __GLIBC__
    ::mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
#endif
}

sigset_t only(int number) {
    sigset_t set;
    ::sigemptyset(&set);
    if (number != 0) ::sigaddset(&set, number);
    return set;
}

void report(int control, const SetupReport& report) {
    static_cast<void>(sys::send_packet(control, std::as_bytes(std::span(&report, 1)), -1));
}

[[noreturn]] void report_and_end(int control, sys::SandboxFailure failure) {
    report(control, {failure.step, failure.error_number});
    ::_exit(1);
}

class Loop {
public:
    explicit Loop(const HelperStart& start) : start_(start) {}

    [[noreturn]] void run() {
        const sigset_t child = only(SIGCHLD);
        ::sigprocmask(SIG_SETMASK, &child, nullptr);
        const int exits = ::signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
        if (exits < 0) ::_exit(1);
        report(kControl, {});
        std::array<pollfd, 2> sources = {{{kControl, POLLIN, 0}, {exits, POLLIN, 0}}};
        for (;;) {
            if (::poll(sources.data(), sources.size(), -1) < 0) continue;
            if (sources[1].revents != 0) {
                signalfd_siginfo ignored{};  // one may stand for several exits
                while (::read(exits, &ignored, sizeof ignored) > 0) {
                }
                reap(WNOHANG);
            }
            if (sources[0].revents != 0) obey();
        }
    }

private:
    struct Child {
        std::uint64_t helper = 0;
        pid_t pid = 0;  // 0: free
    };

    Child* find(pid_t pid) {
        const auto found = std::ranges::find(children_, pid, &Child::pid);
        return found == children_.end() ? nullptr : &*found;
    }

    void obey() {
        ZygoteCommand command{};
        int socket = -1;
        if (!sys::receive_packet(kControl, std::as_writable_bytes(std::span(&command, 1)),
                                 socket)) {
            end();
        }
        if (command.kind == ZygoteCommand::Kind::kSpawn) {
            spawn(command.helper, socket);
            ::close(socket);
            return;
        }
        // A process that has not been reaped keeps its number.
        for (const Child& child : children_) {
            if (child.pid != 0 && child.helper == command.helper) ::kill(child.pid, SIGKILL);
        }
    }

    void spawn(std::uint64_t helper, int socket) {
        Child* place = find(0);
        if (place == nullptr || socket < 0) {
            return tell({helper, ZygoteEvent::Kind::kForkFailed, EAGAIN});
        }
        const pid_t pid = ::fork();
        if (pid == 0) {
            const sigset_t none = only(0);
            ::sigprocmask(SIG_SETMASK, &none, nullptr);
            run_helper(socket, start_);
        }
        if (pid < 0) return tell({helper, ZygoteEvent::Kind::kForkFailed, errno});
        *place = {helper, pid};
    }

    void reap(int options) {
        int status = 0;
        for (pid_t pid = 0; (pid = ::waitpid(-1, &status, options)) > 0;) {
            Child* child = find(pid);
            if (child == nullptr) continue;
            const std::uint64_t helper = child->helper;
            *child = {};
            tell({helper, ZygoteEvent::Kind::kExited, status});
        }
    }

    /// At most one event of each helper is ever on its way, so the socket has room.
    static void tell(const ZygoteEvent& event) {
        static_cast<void>(sys::send_packet(kControl, std::as_bytes(std::span(&event, 1)), -1));
    }

    [[noreturn]] void end() {
        for (const Child& child : children_) {
            if (child.pid != 0) ::kill(child.pid, SIGKILL);
        }
        reap(0);
        ::_exit(0);
    }

    HelperStart start_;
    std::array<Child, kMaxHelpers> children_;
};

}  // namespace

void run_zygote(int control, const HelperLimits& limits, HelperWork work) {
    reset_signals();
    ::setsid();  // cannot fail: a process just forked leads no group
    if (const auto failure = sys::keep_only(control)) report_and_end(control, *failure);
    const std::optional<Bytes> mapped = sys::mapped_address_space();
    if (!mapped) report_and_end(kControl, {sys::SandboxStep::kAddressSpace, errno});
    ::prctl(PR_SET_NAME, "riptide-helper", 0, 0, 0);
    never_trim();
    const sys::SandboxLimits sandbox{Bytes{mapped->count + limits.memory.count}, limits.cpu_time};
    Loop({work, sandbox, ::getpid()}).run();
}

}  // namespace riptide
