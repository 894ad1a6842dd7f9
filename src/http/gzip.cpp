#include "http/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <new>
#include <span>

namespace riptide::http {
namespace {

constexpr int kGzipWindow = 15 + 16;  // the largest window, with gzip's header and trailer
constexpr int kMemoryLevel = 8;

Bytef* bytes_of(std::string_view text) {
    // zlib reads only; its interface is older than const.
    return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

struct Compressor {
    Compressor() {
        const int result = deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow,
                                        kMemoryLevel, Z_DEFAULT_STRATEGY);
        if (result != Z_OK) throw std::bad_alloc();
    }
    Compressor(const Compressor&) = delete;
    Compressor& operator=(const Compressor&) = delete;
    ~Compressor() { deflateEnd(&stream); }
    z_stream stream{};
};

}  // namespace

Checked<void> Gunzip::add(std::string_view input, std::string& output, std::size_t limit) {
    constexpr std::size_t kLeastRoom = 16384;
    has_begun_ = has_begun_ || !input.empty();
    for (;;) {
        const std::size_t before = output.size();
        // One byte more than the limit, to see that there is one.
        const std::size_t room =
            std::min(std::max(kLeastRoom, input.size() * 4), limit + 1 - std::min(before, limit));
        output.resize(before + room);
        const auto step = decoder_->decode(input, std::span(output).subspan(before));
        if (!step) return refuse(400, "the body is not gzip, as its Content-Encoding says");
        output.resize(before + step->produced);
        if (output.size() > limit) {
            return refuse(413, "the body unpacks to more than the limit (RIPTIDE_BODY_LIMIT_MB)");
        }
        input.remove_prefix(step->consumed);
        if (input.empty() && step->produced < room) return {};
    }
}

Checked<void> Gunzip::finish() const {
    if (has_begun_ && decoder_->at_boundary()) return {};
    return refuse(400, "the gzip body is incomplete");
}

std::string gzip(std::string_view data) {
    thread_local Compressor compressor;
    z_stream& stream = compressor.stream;
    deflateReset(&stream);
    std::string out;
    out.resize(deflateBound(&stream, data.size()));
    stream.next_in = bytes_of(data);
    stream.avail_in = static_cast<uInt>(data.size());
    stream.next_out = bytes_of(out);
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    return out;
}

}  // namespace riptide::http
