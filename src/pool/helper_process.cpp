#include "pool/helper_process.h"

#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <exception>
#include <new>
#include <optional>
#include <string>

#include "pool/canary.h"
#include "pool/document_wire.h"

namespace riptide {
namespace {

constexpr int kSocket = 0;

/// Exit codes of a helper.
enum ExitCode : std::uint8_t { kDone = 0, kNoSetup = 70, kNoMemory = 71, kNoPage = 72 };

constexpr std::array<std::string_view, kHelperDeaths> kDeaths = {
    "crash", "forbidden-call", "memory", "cpu-time", "deadline", "misbehaved", "setup", "killed"};

bool read_all(void* bytes, std::size_t size) {
    auto* at = static_cast<char*>(bytes);
    while (size > 0) {
        const ssize_t got = ::read(kSocket, at, size);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        at += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

/// Ends the process when nobody listens any more, which is a way to end like any other.
void write_all(const void* bytes, std::size_t size) {
    const auto* at = static_cast<const char*>(bytes);
    while (size > 0) {
        const ssize_t sent = ::write(kSocket, at, size);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) ::_exit(kDone);
        at += sent;
        size -= static_cast<std::size_t>(sent);
    }
}

std::optional<sys::SandboxFailure> set_up(int socket, const HelperStart& start) {
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) {
        return sys::SandboxFailure{sys::SandboxStep::kParentDeath, errno};
    }
    if (::getppid() != start.parent) ::_exit(kDone);  // it ended before the request took hold
    sys::volunteer_for_the_oom_killer();
    const auto failure = sys::keep_only(socket);
    if (failure) return failure;
    return sys::enter_sandbox(start.limits);
}

bool has_received(int socket) {
    char byte = 0;
    return ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

/// Exits with a code of its own where the core would be killed for calling abort().
void end_for_want_of_memory() { ::_exit(kNoMemory); }
void end_for_an_exception() { __builtin_trap(); }

Result<Document> run(HelperWork work, std::string_view html, const ExtractOptions& options) {
    errno = 0;
    Result<Document> result = work(html, options);
    // The core sees only that an allocation failed; here it can only be the cap.
    if (!result && result.error().error_class == ErrorClass::kResourceLimit && errno == ENOMEM) {
        ::_exit(kNoMemory);
    }
    return result;
}

}  // namespace

std::string_view to_string(HelperDeath death) noexcept {
    return kDeaths[static_cast<std::size_t>(death)];
}

HelperDeath cause_of_death(int wait_status) noexcept {
    if (WIFSIGNALED(wait_status)) {
        switch (WTERMSIG(wait_status)) {
            case SIGSYS:
                return HelperDeath::kForbiddenCall;
            case SIGXCPU:
                return HelperDeath::kCpuTime;
            case SIGKILL:
                return HelperDeath::kKilled;
            default:
                return HelperDeath::kCrash;
        }
    }
    switch (WEXITSTATUS(wait_status)) {
        case kNoSetup:
            return HelperDeath::kSetup;
        case kNoMemory:
            return HelperDeath::kMemory;
        default:
            return HelperDeath::kMisbehaved;
    }
}

void run_helper(int socket, const HelperStart& start) {
    std::set_new_handler(end_for_want_of_memory);
    std::set_terminate(end_for_an_exception);
    const bool is_awaited = has_received(socket);
    SetupReport report;
    if (const auto failure = set_up(socket, start)) {
        report = {failure->step, failure->error_number};
        // The step that failed may be the one that makes the socket number 0.
        [[maybe_unused]] const ssize_t sent =
            ::write(failure->step <= sys::SandboxStep::kParentDeath ? socket : kSocket, &report,
                    sizeof report);
        ::_exit(kNoSetup);
    }
    write_all(&report, sizeof report);
    // Brings code and heap into memory while there is time: half of what a first page costs.
    if (!is_awaited) static_cast<void>(start.work(kCanaryPage, ExtractOptions{}));

    PageHeader header{};
    if (!read_all(&header, sizeof header)) ::_exit(kDone);
    std::string options_bytes(header.options_size, '\0');
    std::string html(header.html_size, '\0');
    if (!read_all(options_bytes.data(), options_bytes.size()) ||
        !read_all(html.data(), html.size())) {
        ::_exit(kDone);
    }
    const std::optional<ExtractOptions> options = decode_options(options_bytes);
    if (!options) ::_exit(kNoPage);
    const std::string result = encode_result(run(start.work, html, *options));
    const ResultHeader size{result.size()};
    write_all(&size, sizeof size);
    write_all(result.data(), result.size());
    ::_exit(kDone);
}

}  // namespace riptide
