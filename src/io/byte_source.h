/// Streams of bytes to read records from.
#pragma once

#include <riptide/error.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sys/file.h"
#include "sys/file_identity.h"

namespace riptide::io {

/// A stream of bytes. Not thread-safe.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Reads at least one byte and at most `into.size()`, which is not zero; 0 is the end. Errors:
    /// `kIo` for a stream that is broken, `kCancelled` when the run is to stop. After an error
    /// nothing more can be read.
    virtual Result<std::size_t> read(std::span<char> into) = 0;
};

/// What the sources of a run share with who watches it. Thread-safe.
struct InputWatch {
    /// Read so far, as it lies in the files: before decompression. A page in a file of its own
    /// counts as soon as it is a record.
    std::atomic<std::uint64_t> bytes_read{0};
    /// Records that are no pages: requests, images, revisits and the like.
    std::atomic<std::uint64_t> skipped_records{0};
    /// Readable as soon as no more shall be read; -1 when that never happens.
    int stop_descriptor = -1;
    /// What the run itself writes, which is no page. To be set before reading.
    std::vector<sys::FileIdentity> own_files;

    /// Whether that is the path of one of them.
    [[nodiscard]] bool is_own(const std::string& path) const;
};

/// A file, pipe or device.
class FileSource final : public ByteSource {
public:
    /// Standard input for "-". Never waits. `watch` must outlive the source. Error: `kIo`, which
    /// does not name the path.
    static Result<std::unique_ptr<FileSource>> open(const std::string& path, InputWatch& watch);

    /// Waits for a pipe, also for its first writer. `kCancelled` once the run is to stop.
    Result<std::size_t> read(std::span<char> into) override;

private:
    FileSource(sys::FileDescriptor descriptor, InputWatch& watch)
        : descriptor_(std::move(descriptor)), watch_(watch) {}

    sys::FileDescriptor descriptor_;
    InputWatch& watch_;
};

}  // namespace riptide::io
