/// Compiled components on disk.
///
/// A compiled artifact is native code, so only a file that this user wrote is ever loaded: the
/// directory and the file must belong to the user and be writable by nobody else. An entry is read
/// into memory, verified there by its checksum, and run in that same memory.
#pragma once

#include <riptide/error.h>

#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "sys/pages.h"

namespace riptide::wasm {

/// What an artifact was compiled from and for; any difference is another entry.
struct ArtifactKey {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    bool operator==(const ArtifactKey&) const = default;
    [[nodiscard]] std::string hex() const;
};

/// Hash of the component, Wasmtime's version, the target, the CPU's features and the engine's
/// settings.
ArtifactKey artifact_key(std::span<const std::uint8_t> component, const std::string& settings);

/// A verified artifact, in the memory that it was read into; begins where a page does.
class Artifact {
public:
    Artifact(sys::Pages file, std::size_t size) : file_(std::move(file)), size_(size) {}
    [[nodiscard]] std::span<const std::uint8_t> bytes() const { return file_.bytes().first(size_); }

private:
    sys::Pages file_;
    std::size_t size_;
};

/// One directory of artifacts. Thread-safe, and safe against other processes: entries appear
/// whole, by rename. One that a power failure tears is noticed by its checksum.
class AotCache {
public:
    /// So many entries stay: what newer components, versions and settings leave behind goes, the
    /// longest unused first.
    static constexpr std::size_t kMaxEntries = 32;

    /// `directory` empty: `$XDG_CACHE_HOME/riptide`, else `~/.cache/riptide`. Error: `kIo` when
    /// there is neither, it cannot be made, or others may write to it.
    static Result<AotCache> open(const std::string& directory);

    /// The artifact, verified. Error `kIo` says why it cannot be used; `detail` is empty when there
    /// simply is none.
    [[nodiscard]] Result<Artifact> load(const ArtifactKey& key) const;

    /// Writes an entry with owner-only permissions, and removes those above `kMaxEntries`, and what
    /// processes that were killed left half-written an hour ago. Error: `kIo`; nothing half-written
    /// is left of this one.
    [[nodiscard]] Result<void> store(const ArtifactKey& key,
                                     std::span<const std::uint8_t> artifact) const;

    [[nodiscard]] std::string path_of(const ArtifactKey& key) const;
    [[nodiscard]] const std::string& directory() const { return directory_; }

private:
    explicit AotCache(std::string directory) : directory_(std::move(directory)) {}
    void remove_unused(const std::string& kept) const;

    std::string directory_;
};

/// An artifact with its trailer, as the cache stores it, at any path: for `riptide compile -o`.
Result<void> write_artifact(const std::string& path, const ArtifactKey& key,
                            std::span<const std::uint8_t> artifact);

}  // namespace riptide::wasm
