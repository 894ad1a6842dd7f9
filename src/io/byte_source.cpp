#include "io/byte_source.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace riptide::io {
namespace {

tl::unexpected<Error> unreadable(int error_number) {
    return fail(ErrorClass::kIo,
                "cannot be read: " + std::generic_category().message(error_number));
}

/// False when the run is to stop. A pipe that nobody has opened for writing yet is waited for, as
/// one that has nothing to read; regular files are always ready.
bool wait_readable(int descriptor, int stop_descriptor) {
    std::array<pollfd, 2> entries{pollfd{stop_descriptor, POLLIN, 0},
                                  pollfd{descriptor, POLLIN, 0}};
    while (poll(entries.data(), entries.size(), -1) < 0 && errno == EINTR) {
    }
    return entries[0].revents == 0;
}

}  // namespace

bool InputWatch::is_own(const std::string& path) const {
    // Most runs write none, and need not look.
    return !own_files.empty() &&
           std::ranges::find(own_files, sys::file_identity(path)) != own_files.end();
}

Result<std::unique_ptr<FileSource>> FileSource::open(const std::string& path, InputWatch& watch) {
    // A duplicate, so that standard input is not closed with the source. A named pipe is not waited
    // for here but in `read`, where a stop is seen.
    sys::FileDescriptor descriptor(path == "-"
                                       ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                                       : ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!descriptor.is_open()) return unreadable(errno);
    return std::unique_ptr<FileSource>(new FileSource(std::move(descriptor), watch));
}

Result<std::size_t> FileSource::read(std::span<char> into) {
    for (;;) {
        if (!wait_readable(descriptor_.get(), watch_.stop_descriptor)) {
            return fail(ErrorClass::kCancelled, "stopped before its end");
        }
        const ssize_t count = ::read(descriptor_.get(), into.data(), into.size());
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (count < 0) return unreadable(errno);
        watch_.bytes_read += static_cast<std::uint64_t>(count);
        return static_cast<std::size_t>(count);
    }
}

}  // namespace riptide::io
