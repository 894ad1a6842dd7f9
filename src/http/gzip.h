/// gzip, as the content coding of requests and responses (RFC 1952; zlib does the work).
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "http/refusal.h"

struct z_stream_s;

namespace riptide::http {

/// Decompresses a body that comes in pieces, of one gzip member or several.
class Gunzip {
public:
    Gunzip();

    /// Appends what `input` unpacks to, a thousand times its size at most, to `output`, and stops
    /// with 413 as soon as that would grow beyond `limit` bytes. Refusal: 400 where it is not gzip.
    Checked<void> add(std::string_view input, std::string& output, std::size_t limit);
    /// Refusal: 400 when the last member is incomplete.
    [[nodiscard]] Checked<void> finish() const;

private:
    struct End {
        void operator()(z_stream_s* stream) const;
    };
    std::unique_ptr<z_stream_s, End> stream_;
    bool is_between_members_ = true;
    bool has_member_ = false;
};

/// Compressed at zlib's fastest level. Thread-safe: each thread keeps one compressor, some 270 KB.
std::string gzip(std::string_view data);

}  // namespace riptide::http
