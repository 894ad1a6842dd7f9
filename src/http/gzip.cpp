#include "http/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <new>

namespace riptide::http {
namespace {

constexpr int kGzipWindow = 15 + 16;  // the largest window, with gzip's header and trailer
constexpr int kMemoryLevel = 8;
constexpr std::size_t kLeastRoom = 16384;

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

void Gunzip::End::operator()(z_stream_s* stream) const {
    inflateEnd(stream);
    delete stream;
}

Gunzip::Gunzip() : stream_(new z_stream{}) {
    if (inflateInit2(stream_.get(), kGzipWindow) != Z_OK) throw std::bad_alloc();
}

Checked<void> Gunzip::add(std::string_view input, std::string& output, std::size_t limit) {
    stream_->next_in = bytes_of(input);
    stream_->avail_in = static_cast<uInt>(input.size());
    const auto output_was_full = [&] { return stream_->avail_out == 0; };
    do {
        if (is_between_members_ && stream_->avail_in == 0) break;
        if (is_between_members_ && has_member_) inflateReset(stream_.get());
        is_between_members_ = false;
        has_member_ = true;
        const std::size_t before = output.size();
        // One byte more than the limit, to see that there is one.
        const std::size_t room =
            std::min(std::max(kLeastRoom, input.size() * 4), limit + 1 - std::min(before, limit));
        output.resize(before + room);
        stream_->next_out = bytes_of(std::string_view(output).substr(before));
        stream_->avail_out = static_cast<uInt>(room);
        const int result = inflate(stream_.get(), Z_NO_FLUSH);
        output.resize(before + room - stream_->avail_out);
        if (output.size() > limit) {
            return refuse(413, "the body unpacks to more than the limit (RIPTIDE_BODY_LIMIT_MB)");
        }
        if (result == Z_STREAM_END) {
            is_between_members_ = true;
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            return refuse(400, "the body is not gzip, as its Content-Encoding says");
        }
    } while (stream_->avail_in > 0 || output_was_full());
    return {};
}

Checked<void> Gunzip::finish() const {
    if (has_member_ && is_between_members_) return {};
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
