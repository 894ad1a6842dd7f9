#include "app/page_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "app/system_calls.h"
#include "sys/file.h"

namespace riptide::app {
namespace {

/// What a pipe holds.
constexpr std::size_t kChunk = std::size_t{64} << 10;

tl::unexpected<Error> too_large(Bytes limit) {
    return fail(ErrorClass::kTooLarge, "larger than the body limit of " +
                                           std::to_string(limit.count >> 20) +
                                           " MiB; --body-limit MB allows more");
}

tl::unexpected<Error> unreadable(int error_number) {
    return fail(ErrorClass::kIo, "cannot be read: " + reason(error_number));
}

Result<std::string> read_all(int fd, std::size_t expected, Bytes limit) {
    std::string bytes;
    bytes.reserve(expected);
    while (bytes.size() <= limit.count) {
        const std::size_t before = bytes.size();
        const std::uint64_t room = limit.count + 1 - before;
        const std::size_t likely = before < expected ? expected - before : kChunk;
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(room, likely));
        bytes.resize(before + wanted);
        const ssize_t count = read(fd, bytes.data() + before, wanted);
        const int error_number = count < 0 ? errno : 0;
        bytes.resize(before + (count > 0 ? static_cast<std::size_t>(count) : 0));
        if (error_number == EINTR) continue;
        if (error_number != 0) return unreadable(error_number);
        if (count == 0) return bytes;
    }
    return too_large(limit);
}

}  // namespace

Result<std::string> read_page(const std::string& input, Bytes limit) {
    const bool is_standard = input == "-";
    const sys::FileDescriptor opened(is_standard ? -1 : open(input.c_str(), O_RDONLY | O_CLOEXEC));
    if (!is_standard && !opened.is_open()) return unreadable(errno);
    const int fd = is_standard ? STDIN_FILENO : opened.get();
    struct stat status{};
    if (fstat(fd, &status) != 0) return unreadable(errno);
    if (S_ISDIR(status.st_mode)) {
        return fail(ErrorClass::kIo, "is a directory; name the files in it");
    }
    std::size_t expected = 0;
    if (S_ISREG(status.st_mode)) {
        const auto size = static_cast<std::uint64_t>(status.st_size);
        // Standard input may be anywhere in its file, so its size tells nothing.
        if (!is_standard && size > limit.count) return too_large(limit);
        expected = static_cast<std::size_t>(std::min(size, limit.count)) + 1;
    }
    return read_all(fd, expected, limit);
}

}  // namespace riptide::app
