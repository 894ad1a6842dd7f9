#include "pool/zygote.h"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <span>
#include <string>
#include <system_error>
#include <utility>

#include "pool/zygote_loop.h"

namespace riptide {
namespace {

tl::unexpected<Error> cannot(const std::string& what, int error_number) {
    return fail(ErrorClass::kHost,
                "cannot " + what + ": " + std::generic_category().message(error_number));
}

/// For a zygote to come up; a loaded machine is slow.
constexpr std::chrono::seconds kStartTime{10};

/// How long a zygote has to end its helpers before it is killed, and they with it.
constexpr std::chrono::seconds kPatience{2};

}  // namespace

Result<Zygote> Zygote::start(const HelperLimits& limits, HelperWork work) {
    auto sockets = sys::make_socket_pair(SOCK_SEQPACKET);
    if (!sockets) return cannot("open a socket for the fallback's helpers", errno);
    // So that no handler of the embedding program runs in the zygote.
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    const pid_t pid = ::fork();
    if (pid == 0) run_zygote(sockets->far.get(), limits, work);
    const int error_number = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (pid < 0)
        return cannot("fork the process that the fallback's helpers come from", error_number);
    Zygote zygote(std::move(sockets->near), pid);
    sockets.reset();  // with the other end, so that the zygote's end is seen
    SetupReport report{sys::SandboxStep::kNone, 0};
    int descriptor = -1;
    const int control = zygote.control_.get();
    if (!sys::wait_readable(control, Deadline::after(kStartTime)) ||
        !sys::receive_packet(control, std::as_writable_bytes(std::span(&report, 1)), descriptor) ||
        report.failed_step != sys::SandboxStep::kNone) {
        return fail(ErrorClass::kHost,
                    "the native fallback cannot be isolated: " +
                        sys::describe({report.failed_step, report.error_number}));
    }
    return zygote;
}

Zygote::Zygote(Zygote&& other) noexcept
    : control_(std::move(other.control_)), pid_(std::exchange(other.pid_, -1)) {}

Zygote::~Zygote() {
    if (pid_ < 0) return;
    shut_down();
    const Deadline deadline = Deadline::after(kPatience);
    ZygoteEvent event{};
    Wait wait = Wait::kEvent;
    while (wait == Wait::kEvent) wait = next_event(event, deadline);
    if (wait == Wait::kTimedOut) ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

bool Zygote::spawn(std::uint64_t helper, int socket) const {
    const ZygoteCommand command{helper, ZygoteCommand::Kind::kSpawn};
    return sys::send_packet(control_.get(), std::as_bytes(std::span(&command, 1)), socket);
}

void Zygote::kill(std::uint64_t helper) const {
    // Where the zygote is gone, so are its helpers.
    const ZygoteCommand command{helper, ZygoteCommand::Kind::kKill};
    static_cast<void>(sys::send_packet(control_.get(), std::as_bytes(std::span(&command, 1)), -1));
}

Zygote::Wait Zygote::next_event(ZygoteEvent& event, Deadline deadline) const {
    if (!sys::wait_readable(control_.get(), deadline)) return Wait::kTimedOut;
    int descriptor = -1;
    const bool received = sys::receive_packet(
        control_.get(), std::as_writable_bytes(std::span(&event, 1)), descriptor);
    return received ? Wait::kEvent : Wait::kGone;
}

void Zygote::shut_down() const { ::shutdown(control_.get(), SHUT_WR); }

}  // namespace riptide
