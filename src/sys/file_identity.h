/// Which file it is, whatever it is called.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

namespace riptide::sys {

/// A regular file, or one that does not exist yet. Two paths to the same one have equal identities.
struct FileIdentity {
    dev_t device = 0;
    ino_t inode = 0;   ///< Of the file, or of the directory that it would be in.
    std::string name;  ///< Within that directory, of a file that does not exist; else empty.
    bool operator==(const FileIdentity&) const = default;
};

/// Symbolic links are followed. Nothing for a directory, pipe or device, and where not even the
/// directory exists.
std::optional<FileIdentity> file_identity(const std::string& path);
/// Nothing unless it is that of a regular file.
std::optional<FileIdentity> file_identity(int descriptor);

}  // namespace riptide::sys
