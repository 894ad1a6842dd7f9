#include "app/output.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "app/messages.h"

namespace riptide::app {
namespace {

constexpr mode_t kNewFileMode = 0666;  // less the umask

Error cannot_write(const std::string& name, int error_number) {
    return {ErrorClass::kIo, "cannot write to " + name + ": " + reason(error_number)};
}

/// The file behind symbolic links, so that a rename replaces it and not the link.
std::string resolved(const std::string& path) {
    const std::unique_ptr<char, decltype(&std::free)> real(realpath(path.c_str(), nullptr),
                                                           &std::free);
    return real ? std::string(real.get()) : path;
}

std::string candidate(const std::string& path, int attempt) {
    return path + ".riptide-" + std::to_string(getpid()) + "-" + std::to_string(attempt);
}

sys::FileDescriptor open_new(const std::string& path, std::string& temporary_path) {
    constexpr int kAttempts = 100;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        temporary_path = candidate(path, attempt);
        const int fd =
            open(temporary_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kNewFileMode);
        if (fd >= 0 || errno != EEXIST) return sys::FileDescriptor(fd);
    }
    return sys::FileDescriptor(-1);
}

}  // namespace

Output::Output(sys::FileDescriptor descriptor, std::string name)
    : descriptor_(std::move(descriptor)), name_(std::move(name)) {}

Output Output::standard() { return {sys::FileDescriptor(STDOUT_FILENO), "standard output"}; }

Result<Output> Output::file(const std::string& path) {
    const std::string target = resolved(path);
    struct stat status{};
    const bool exists = stat(target.c_str(), &status) == 0;
    if (exists && S_ISDIR(status.st_mode)) {
        return fail(ErrorClass::kIo,
                    "cannot write to " + shown(path) + ": it is a directory; name a file in it");
    }
    if (exists && !S_ISREG(status.st_mode)) {
        sys::FileDescriptor direct(open(target.c_str(), O_WRONLY | O_CLOEXEC));
        if (!direct.is_open()) return tl::unexpected(cannot_write(shown(path), errno));
        return Output(std::move(direct), shown(path));
    }
    // Between its making and the note of its name a signal would leave the file behind.
    const SignalsHeld held;
    std::string temporary_path;
    sys::FileDescriptor descriptor = open_new(target, temporary_path);
    if (!descriptor.is_open()) {
        if (errno != ENOENT) return tl::unexpected(cannot_write(shown(path), errno));
        return fail(ErrorClass::kIo,
                    "cannot write to " + shown(path) + ": its directory does not exist");
    }
    Output output(std::move(descriptor), shown(path));
    output.path_ = target;
    output.temporary_path_ = temporary_path;
    output.removal_ = std::make_unique<RemovedOnSignal>(temporary_path);
    if (exists) fchmod(output.descriptor_.get(), status.st_mode & 07777U);
    return output;
}

Output::~Output() {
    if (descriptor_.is_open() && !temporary_path_.empty()) unlink(temporary_path_.c_str());
}

tl::unexpected<Error> Output::failed(int error_number) {
    reader_left_ = error_number == EPIPE;
    return tl::unexpected(cannot_write(name_, error_number));
}

Result<void> Output::write(std::string_view data) {
    while (!data.empty()) {
        const ssize_t written = ::write(descriptor_.get(), data.data(), data.size());
        if (written >= 0) {
            data.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {  // somebody who shares the stream made it non-blocking
            pollfd writable{descriptor_.get(), POLLOUT, 0};
            poll(&writable, 1, -1);
        } else if (errno != EINTR) {
            return failed(errno);
        }
    }
    return {};
}

Result<void> Output::finish() {
    if (temporary_path_.empty()) {
        // Some file systems tell only now that there was no room.
        if (close(descriptor_.release()) != 0 && errno != EINTR) return failed(errno);
        return {};
    }
    if (fdatasync(descriptor_.get()) != 0) return failed(errno);
    if (rename(temporary_path_.c_str(), path_.c_str()) != 0) return failed(errno);
    removal_.reset();
    close(descriptor_.release());  // synchronised: it can tell nothing more
    return {};
}

bool Output::is_terminal() const { return isatty(descriptor_.get()) == 1; }

}  // namespace riptide::app
