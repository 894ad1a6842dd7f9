#include "pool/zygote.h"

#include <riptide/helper_program.h>

#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/extract.h"
#include "pool/zygote_loop.h"
#include "sys/file.h"

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

/// The first argument of a program that is to be a zygote.
constexpr std::string_view kAsZygote = "--as-zygote-of-helpers";

/// -1 with errno set when it fails.
pid_t fork_zygote(int control, const HelperLimits& limits, HelperWork work) {
    // So that no handler of the embedding program runs in the zygote.
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    const pid_t pid = ::fork();
    if (pid == 0) run_zygote(control, limits, work);
    const int error_number = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = error_number;
    return pid;
}

/// -1 with errno set when it fails. The environment stays here: it may hold secrets.
pid_t run_program(const std::string& program, int control, const HelperLimits& limits) {
    std::array<std::string, 4> arguments = {program, std::string(kAsZygote),
                                            std::to_string(limits.memory.count),
                                            std::to_string(limits.cpu_time.count())};
    std::array<char*, 5> argv{};
    for (std::size_t i = 0; i < arguments.size(); ++i) argv[i] = arguments[i].data();
    std::array<char*, 1> environment{};
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, control, STDIN_FILENO);
    pid_t pid = -1;
    const int failure =
        ::posix_spawn(&pid, program.c_str(), &actions, nullptr, argv.data(), environment.data());
    ::posix_spawn_file_actions_destroy(&actions);
    errno = failure;
    return failure == 0 ? pid : -1;
}

/// For a child that has not been reaped. False, too, where the kernel does not tell.
bool has_ended_by(Deadline deadline, pid_t pid) {
    const sys::FileDescriptor process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    return sys::wait_readable(process.get(), deadline);
}

}  // namespace

void serve_as_zygote_if_asked(int argc, const char* const* argv) {
    if (argc != 4 || argv[1] != kAsZygote) return;
    run_zygote(STDIN_FILENO,
               {Bytes{std::strtoull(argv[2], nullptr, 10)},
                std::chrono::seconds(std::strtoll(argv[3], nullptr, 10))},
               core::extract);
}

Result<Zygote> Zygote::start(const ZygoteOrigin& origin, const HelperLimits& limits) {
    auto sockets = sys::make_socket_pair(SOCK_SEQPACKET);
    if (!sockets) return cannot("open a socket for the fallback's helpers", errno);
    const int far = sockets->far.get();
    const bool forks = origin.program.empty();
    const pid_t pid =
        forks ? fork_zygote(far, limits, origin.work) : run_program(origin.program, far, limits);
    if (pid < 0) {
        const int error_number = errno;
        return cannot(forks ? "fork the process that the fallback's helpers come from"
                            : "run " + origin.program + " for the fallback's helpers",
                      error_number);
    }
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
    if (!has_ended_by(Deadline::after(kPatience), pid_)) ::kill(pid_, SIGKILL);
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

void Zygote::shut_down() const { ::shutdown(control_.get(), SHUT_RDWR); }

}  // namespace riptide
