#include "io/encoder.h"

#include <zlib.h>
#include <zstd.h>

#include <array>
#include <new>

namespace riptide::io {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;
/// At a time, for zlib counts what it is given in an unsigned int.
constexpr std::size_t kMostInput = std::size_t{1} << 20;

class PlainEncoder final : public Encoder {
public:
    void encode(std::string_view bytes, std::string& out) override { out.append(bytes); }
    void finish_member(std::string& /*out*/) override {}
};

class GzipEncoder final : public Encoder {
public:
    GzipEncoder() {
        constexpr int kGzipWindow = MAX_WBITS + 16;
        constexpr int kMemoryLevel = 8;
        if (deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                         Z_DEFAULT_STRATEGY) != Z_OK) {
            throw std::bad_alloc();
        }
    }
    ~GzipEncoder() override { deflateEnd(&stream_); }
    GzipEncoder(const GzipEncoder&) = delete;
    GzipEncoder& operator=(const GzipEncoder&) = delete;

    void encode(std::string_view bytes, std::string& out) override {
        is_open_ = is_open_ || !bytes.empty();
        while (!bytes.empty()) {
            const std::string_view input = bytes.substr(0, kMostInput);
            // zlib's input is not const by its type, but is by its documentation.
            stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));  // NOLINT
            stream_.avail_in = static_cast<uInt>(input.size());
            while (stream_.avail_in > 0) deflate_some(Z_NO_FLUSH, out);
            bytes.remove_prefix(input.size());
        }
    }
    void finish_member(std::string& out) override {
        if (!is_open_) return;
        while (deflate_some(Z_FINISH, out) != Z_STREAM_END) {
        }
        deflateReset(&stream_);
        is_open_ = false;
    }

private:
    int deflate_some(int flush, std::string& out) {
        stream_.next_out = reinterpret_cast<Bytef*>(piece_.data());
        stream_.avail_out = static_cast<uInt>(piece_.size());
        const int code = deflate(&stream_, flush);
        out.append(piece_.data(), piece_.size() - stream_.avail_out);
        return code;
    }

    z_stream stream_{};
    std::array<char, kPiece> piece_{};
    bool is_open_ = false;
};

class ZstdEncoder final : public Encoder {
public:
    ZstdEncoder() : stream_(ZSTD_createCStream()) {
        if (stream_ == nullptr) throw std::bad_alloc();
        ZSTD_CCtx_setParameter(stream_, ZSTD_c_checksumFlag, 1);
    }
    ~ZstdEncoder() override { ZSTD_freeCStream(stream_); }
    ZstdEncoder(const ZstdEncoder&) = delete;
    ZstdEncoder& operator=(const ZstdEncoder&) = delete;

    void encode(std::string_view bytes, std::string& out) override {
        is_open_ = is_open_ || !bytes.empty();
        ZSTD_inBuffer from{bytes.data(), bytes.size(), 0};
        while (from.pos < from.size) compress_some(from, ZSTD_e_continue, out);
    }
    void finish_member(std::string& out) override {
        if (!is_open_) return;
        ZSTD_inBuffer none{nullptr, 0, 0};
        while (compress_some(none, ZSTD_e_end, out) != 0) {
        }
        is_open_ = false;
    }

private:
    /// What is left to be flushed; an error is none that these parameters can have.
    std::size_t compress_some(ZSTD_inBuffer& from, ZSTD_EndDirective end, std::string& out) {
        ZSTD_outBuffer to{piece_.data(), piece_.size(), 0};
        const std::size_t left = ZSTD_compressStream2(stream_, &to, &from, end);
        if (ZSTD_isError(left) != 0) throw std::bad_alloc();
        out.append(piece_.data(), to.pos);
        return left;
    }

    ZSTD_CStream* stream_;
    std::array<char, kPiece> piece_{};
    bool is_open_ = false;
};

}  // namespace

std::unique_ptr<Encoder> make_encoder(std::string_view file_name) {
    if (file_name.ends_with(".gz")) return std::make_unique<GzipEncoder>();
    if (file_name.ends_with(".zst")) return std::make_unique<ZstdEncoder>();
    return std::make_unique<PlainEncoder>();
}

}  // namespace riptide::io
