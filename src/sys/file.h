/// Files, read and written whole.
#pragma once

#include <riptide/config.h>
#include <riptide/error.h>

#include <dirent.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace riptide::sys {

/// An owned file descriptor. That it goes leaves `errno` as it is, so that the reason of a failure
/// can still be told behind it.
class FileDescriptor {
public:
    explicit FileDescriptor(int fd) : fd_(fd) {}
    FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    FileDescriptor& operator=(FileDescriptor&&) = delete;
    ~FileDescriptor();

    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] bool is_open() const { return fd_ >= 0; }
    /// Gives the descriptor up to the caller.
    int release() { return std::exchange(fd_, -1); }
    /// False when what was written did not reach the file.
    bool close();

private:
    int fd_;
};

struct CloseDirectory {
    void operator()(DIR* directory) const { ::closedir(directory); }
};
/// An open directory; null where `opendir` failed.
using Directory = std::unique_ptr<DIR, CloseDirectory>;

/// The error of the system call that just failed: "cannot WHAT PATH: reason". Class `kIo`.
tl::unexpected<Error> system_failure(const std::string& what, const std::string& path);

/// Fills `room` from the descriptor's position on, as far as there is anything; returns how much
/// that was. Error: `kIo`.
Result<std::size_t> read_into(int fd, const std::string& name, std::span<std::uint8_t> room);

/// Reads up to `limit` bytes from the descriptor's position to its end. Errors: `kIo`, and
/// `kTooLarge` as soon as there is more.
Result<std::vector<std::uint8_t>> read_all(int fd, const std::string& name, Bytes limit);

/// Reads a file. Errors: those of `read_all`; a directory is one too.
Result<std::vector<std::uint8_t>> read_file(const std::string& path, Bytes limit);

/// Writes a file by way of a temporary one beside it, so that `path` holds either what it held or
/// all of the new contents; mode 0600. Error: `kIo`, and nothing half-written is left. Where the
/// process is killed, the temporary file stays: the path, a dot and six characters. Nothing waits
/// for the disk, so a power failure may still tear the file: who reads it must be able to tell.
Result<void> replace_file(const std::string& path,
                          std::span<const std::span<const std::uint8_t>> parts);

}  // namespace riptide::sys
