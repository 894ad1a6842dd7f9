#include "sys/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace riptide::sys {
namespace {

bool write_all(int fd, std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
    return true;
}

}  // namespace

FileDescriptor::~FileDescriptor() {
    const int error_number = errno;
    if (fd_ >= 0) ::close(fd_);
    errno = error_number;
}

bool FileDescriptor::close() { return ::close(release()) == 0; }

tl::unexpected<Error> system_failure(const std::string& what, const std::string& path) {
    const std::string reason = std::generic_category().message(errno);
    return fail(ErrorClass::kIo, "cannot " + what + " " + path + ": " + reason);
}

Result<std::size_t> read_into(int fd, const std::string& name, std::span<std::uint8_t> room) {
    std::size_t size = 0;
    while (size < room.size()) {
        const ssize_t n = ::read(fd, room.data() + size, room.size() - size);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return system_failure("read", name);
        if (n == 0) break;
        size += static_cast<std::size_t>(n);
    }
    return size;
}

Result<std::vector<std::uint8_t>> read_all(int fd, const std::string& name, Bytes limit) {
    constexpr std::size_t kFirstRead = 64 << 10;
    struct stat status{};
    const bool sized = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    // One byte more than expected, to see the end without another growth.
    std::size_t room = sized ? static_cast<std::size_t>(status.st_size) + 1 : kFirstRead;
    room = std::min<std::size_t>(room, limit.count + 1);
    std::vector<std::uint8_t> bytes(room);
    std::size_t size = 0;
    for (;;) {
        const Result<std::size_t> more = read_into(fd, name, std::span(bytes).subspan(size));
        if (!more) return tl::unexpected(more.error());
        size += *more;
        if (size > limit.count) {
            return fail(ErrorClass::kTooLarge,
                        name + " has more than " + std::to_string(limit.count) + " bytes");
        }
        if (size < bytes.size()) break;
        bytes.resize(std::min<std::size_t>(size * 2, limit.count + 1));
    }
    bytes.resize(size);
    return bytes;
}

Result<std::vector<std::uint8_t>> read_file(const std::string& path, Bytes limit) {
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) return system_failure("read", path);
    return read_all(file.get(), path, limit);
}

Result<void> replace_file(const std::string& path,
                          std::span<const std::span<const std::uint8_t>> parts) {
    std::string scratch = path + ".XXXXXX";
    FileDescriptor file(::mkostemp(scratch.data(), O_CLOEXEC));  // made with mode 0600
    if (!file.is_open()) return system_failure("write", path);
    const bool written = std::all_of(parts.begin(), parts.end(), [&file](const auto& part) {
        return write_all(file.get(), part);
    });
    if (!written || !file.close() || ::rename(scratch.c_str(), path.c_str()) != 0) {
        auto failure = system_failure("write", path);
        ::unlink(scratch.c_str());
        return failure;
    }
    return {};
}

}  // namespace riptide::sys
