#include "sys/file_identity.h"

#include <sys/stat.h>

#include <cerrno>

namespace riptide::sys {
namespace {

std::optional<FileIdentity> identity_of(const struct stat& status) {
    if (!S_ISREG(status.st_mode)) return std::nullopt;
    return FileIdentity{status.st_dev, status.st_ino, {}};
}

std::optional<FileIdentity> identity_to_be(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    struct stat status{};
    if (stat(directory.c_str(), &status) != 0) return std::nullopt;
    return FileIdentity{status.st_dev, status.st_ino,
                        slash == std::string::npos ? path : path.substr(slash + 1)};
}

}  // namespace

std::optional<FileIdentity> file_identity(const std::string& path) {
    struct stat status{};
    if (stat(path.c_str(), &status) == 0) return identity_of(status);
    return errno == ENOENT ? identity_to_be(path) : std::nullopt;
}

std::optional<FileIdentity> file_identity(int descriptor) {
    struct stat status{};
    return fstat(descriptor, &status) == 0 ? identity_of(status) : std::nullopt;
}

}  // namespace riptide::sys
