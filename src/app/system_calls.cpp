#include "app/system_calls.h"

#include <fcntl.h>

#include <cerrno>
#include <system_error>

namespace riptide::app {

std::string reason(int error_number) {
    switch (error_number) {
        case ENOENT:
            return "no such file";
        case EACCES:
        case EPERM:
            return "permission denied";
        case EISDIR:
            return "is a directory";
        case ENOTDIR:
            return "a part of the path is not a directory";
        case ENOSPC:
            return "no space left";
        case EBADF:
            return "it is closed";
        default:
            return std::generic_category().message(error_number);
    }
}

void reserve_standard_streams() {
    for (int fd = 0; fd <= 2; ++fd) {
        if (fcntl(fd, F_GETFD) != -1 || errno != EBADF) continue;
        // Opened the wrong way round: the lowest free number is `fd`, and its use gives EBADF.
        if (open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) < 0) return;
    }
}

}  // namespace riptide::app
