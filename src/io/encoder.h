/// Compression of output.
#pragma once

#include <riptide/error.h>

#include <memory>
#include <string>
#include <string_view>

namespace riptide::io {

/// Compresses a stream piece by piece, in members (gzip) or frames (zstd) that stand by themselves,
/// so that a stream can be cut after any of them. Not thread-safe.
class Encoder {
public:
    virtual ~Encoder() = default;
    /// Appends what can be written already to `out`.
    virtual void encode(std::string_view bytes, std::string& out) = 0;
    /// Ends the member; nothing where nothing was encoded since the last.
    virtual void finish_member(std::string& out) = 0;
};

/// By the suffix of a file's name: ".gz", ".zst", or none, which changes nothing.
std::unique_ptr<Encoder> make_encoder(std::string_view file_name);

}  // namespace riptide::io
