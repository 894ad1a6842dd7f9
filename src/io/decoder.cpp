#include "io/decoder.h"

#include <libdeflate.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <new>

namespace riptide::io {
namespace {

tl::unexpected<Error> damaged(std::string_view format, std::string_view what) {
    return fail(ErrorClass::kIo,
                "the " + std::string(format) + " data is damaged: " + std::string(what));
}

/// As zlib wants its window size: it says the format, too.
int window_bits(Compression compression) {
    if (compression == Compression::kGzip) return MAX_WBITS + 16;
    return compression == Compression::kRawDeflate ? -MAX_WBITS : MAX_WBITS;
}

/// Members of gzip that are there as a whole, by libdeflate: more than twice as fast as zlib, but
/// it cannot go on where input or room ended.
class MemberDecoder {
public:
    MemberDecoder() {
        if (!decompressor_) throw std::bad_alloc();
    }
    /// The member at the start of `in`. Takes nothing when it is damaged, cut off, or has more than
    /// `out` has room for.
    Decoder::Step decode(std::string_view in, std::span<char> out) {
        Decoder::Step step;
        const libdeflate_result result =
            libdeflate_gzip_decompress_ex(decompressor_.get(), in.data(), in.size(), out.data(),
                                          out.size(), &step.consumed, &step.produced);
        return result == LIBDEFLATE_SUCCESS ? step : Decoder::Step{};
    }

private:
    struct Free {
        void operator()(libdeflate_decompressor* it) const { libdeflate_free_decompressor(it); }
    };
    std::unique_ptr<libdeflate_decompressor, Free> decompressor_{libdeflate_alloc_decompressor()};
};

class InflateDecoder final : public Decoder {
public:
    explicit InflateDecoder(Compression compression) : compression_(compression) {
        if (inflateInit2(&stream_, window_bits(compression)) != Z_OK) throw std::bad_alloc();
    }
    ~InflateDecoder() override { inflateEnd(&stream_); }
    InflateDecoder(const InflateDecoder&) = delete;
    InflateDecoder& operator=(const InflateDecoder&) = delete;

    Result<Step> decode(std::string_view in, std::span<char> out) override {
        if (!at_boundary_) return inflate_some(in, out);
        // Tapes and block devices pad with zeros.
        const std::size_t padding = first_ ? 0 : std::min(in.find_first_not_of('\0'), in.size());
        in.remove_prefix(padding);
        if (in.empty()) return Step{padding, 0};
        if (!first_ && (compression_ != Compression::kGzip || in.front() != '\x1f')) {
            return damaged("gzip", "other bytes follow its last member");
        }
        Result<Step> step = begin_member(in, out);
        if (step) step->consumed += padding;
        return step;
    }
    [[nodiscard]] bool at_boundary() const override { return at_boundary_; }

private:
    Result<Step> begin_member(std::string_view in, std::span<char> out) {
        if (!first_) inflateReset(&stream_);
        first_ = false;
        if (compression_ == Compression::kGzip) {
            if (const Step whole = members_.decode(in, out); whole.consumed > 0) return whole;
        }
        return inflate_some(in, out);
    }

    Result<Step> inflate_some(std::string_view in, std::span<char> out) {
        const auto given = static_cast<uInt>(std::min(in.size(), kMost));
        const auto room = static_cast<uInt>(std::min(out.size(), kMost));
        // zlib's input is not const by its type, but is by its documentation.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));  // NOLINT
        stream_.avail_in = given;
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = room;
        const int code = inflate(&stream_, Z_NO_FLUSH);
        const Step step{given - stream_.avail_in, room - stream_.avail_out};
        at_boundary_ = code == Z_STREAM_END;
        if (code == Z_MEM_ERROR) throw std::bad_alloc();
        if (code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR) return step;
        // What came before counts; the next call fails at the same place.
        if (step.produced > 0) return step;
        return damaged(compression_ == Compression::kGzip ? "gzip" : "deflate",
                       stream_.msg == nullptr ? "it needs a dictionary" : stream_.msg);
    }

    static constexpr std::size_t kMost = std::size_t{1} << 30;
    Compression compression_;
    MemberDecoder members_;
    z_stream stream_{};
    bool first_ = true;
    bool at_boundary_ = true;
};

class ZstdDecoder final : public Decoder {
public:
    ZstdDecoder() : stream_(ZSTD_createDStream()) {
        if (stream_ == nullptr) throw std::bad_alloc();
    }
    ~ZstdDecoder() override { ZSTD_freeDStream(stream_); }
    ZstdDecoder(const ZstdDecoder&) = delete;
    ZstdDecoder& operator=(const ZstdDecoder&) = delete;

    Result<Step> decode(std::string_view in, std::span<char> out) override {
        ZSTD_inBuffer from{in.data(), in.size(), 0};
        ZSTD_outBuffer to{out.data(), out.size(), 0};
        while (to.pos < to.size && !(at_boundary_ && from.pos == from.size)) {
            const std::size_t before = from.pos + to.pos;
            const std::size_t code = ZSTD_decompressStream(stream_, &to, &from);
            if (ZSTD_isError(code) != 0) return damaged("zstd", ZSTD_getErrorName(code));
            at_boundary_ = code == 0;
            // With all input taken there may be output left, until a call brings none.
            if (from.pos + to.pos == before) break;
        }
        return Step{from.pos, to.pos};
    }
    [[nodiscard]] bool at_boundary() const override { return at_boundary_; }

private:
    ZSTD_DStream* stream_;
    bool at_boundary_ = true;
};

}  // namespace

std::unique_ptr<Decoder> make_decoder(Compression compression) {
    if (compression == Compression::kZstd) return std::make_unique<ZstdDecoder>();
    return std::make_unique<InflateDecoder>(compression);
}

Result<std::string> decompress(std::string_view bytes, Compression compression, Bytes limit) {
    const std::unique_ptr<Decoder> decoder = make_decoder(compression);
    std::string out;
    std::size_t size = 0;
    for (;;) {
        if (size == out.size()) {
            if (size > limit.count) {
                return fail(ErrorClass::kTooLarge, "larger than the body limit of " +
                                                       std::to_string(limit.count >> 20) + " MiB");
            }
            const std::uint64_t wanted = std::max<std::uint64_t>(2 * size, 4 * bytes.size() + 64);
            out.resize(std::min<std::uint64_t>(wanted, limit.count + 1));
        }
        auto step = decoder->decode(bytes, std::span(out).subspan(size));
        if (!step) return tl::unexpected(std::move(step.error()));
        bytes.remove_prefix(step->consumed);
        size += step->produced;
        if (step->consumed == 0 && step->produced == 0 && size < out.size()) break;
    }
    if (!decoder->at_boundary()) return damaged("compressed", "it ends too early");
    out.resize(size);
    return out;
}

}  // namespace riptide::io
