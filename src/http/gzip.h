/// gzip, as the content coding of requests and responses (RFC 1952).
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "http/refusal.h"
#include "io/decoder.h"

namespace riptide::http {

/// Decompresses a body that comes in pieces, of one gzip member or several. Not thread-safe.
class Gunzip {
public:
    /// Appends what `input` unpacks to, a thousand times its size at most, to `output`, and stops
    /// with 413 as soon as that would grow beyond `limit` bytes. Refusal: 400 where it is not gzip.
    Checked<void> add(std::string_view input, std::string& output, std::size_t limit);
    /// Refusal: 400 when the last member is incomplete.
    [[nodiscard]] Checked<void> finish() const;

private:
    std::unique_ptr<io::Decoder> decoder_ = io::make_decoder(io::Compression::kGzip);
    bool has_begun_ = false;
};

/// Compressed at zlib's fastest level. Thread-safe: each thread keeps one compressor, some 270 KB.
std::string gzip(std::string_view data);

}  // namespace riptide::http
