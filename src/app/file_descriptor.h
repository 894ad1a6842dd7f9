/// An open file of the operating system.
#pragma once

#include <unistd.h>

#include <string>
#include <utility>

namespace riptide::app {

/// Owns a file descriptor.
class FileDescriptor {
public:
    explicit FileDescriptor(int fd) : fd_(fd) {}
    FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    FileDescriptor& operator=(FileDescriptor&&) = delete;
    ~FileDescriptor() {
        if (fd_ >= 0) close(fd_);
    }

    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] bool is_open() const { return fd_ >= 0; }
    /// Gives the descriptor up to the caller.
    int release() { return std::exchange(fd_, -1); }

private:
    int fd_;
};

/// Why a system call failed, as the rest of a sentence ("permission denied").
std::string reason(int error_number);

/// Makes sure that descriptors 0, 1 and 2 are taken, so that no file that is opened later can be
/// mistaken for a standard stream. One that was closed fails when it is used. Call once, first.
void reserve_standard_streams();

}  // namespace riptide::app
