#include "io/decompressed_source.h"

#include <algorithm>
#include <cstring>

#include "io/decoder.h"

namespace riptide::io {
namespace {

/// Enough to have most members as a whole.
constexpr std::size_t kInputBytes = std::size_t{1} << 20;
constexpr std::string_view kGzipMagic = "\x1f\x8b";
constexpr std::string_view kZstdMagic = "\x28\xb5\x2f\xfd";

class DecompressedSource final : public ByteSource {
public:
    explicit DecompressedSource(std::unique_ptr<ByteSource> source)
        : source_(std::move(source)), input_(std::make_unique_for_overwrite<char[]>(kInputBytes)) {}

    Result<std::size_t> read(std::span<char> into) override {
        if (!detected_) {
            if (auto detected = detect(); !detected) {
                return tl::unexpected(std::move(detected.error()));
            }
        }
        return decoder_ ? read_decoded(into) : read_plain(into);
    }

private:
    Result<void> detect() {
        while (!ended_ && filled_ < kZstdMagic.size()) {
            if (auto filled = fill(); !filled) return filled;
        }
        const std::string_view start = rest();
        if (start.starts_with(kGzipMagic)) decoder_ = make_decoder(Compression::kGzip);
        if (start.starts_with(kZstdMagic)) decoder_ = make_decoder(Compression::kZstd);
        detected_ = true;
        return {};
    }

    [[nodiscard]] std::string_view rest() const {
        return std::string_view(input_.get(), filled_).substr(used_);
    }

    /// Reads more behind what is there.
    Result<void> fill() {
        const Result<std::size_t> count =
            source_->read({input_.get() + filled_, kInputBytes - filled_});
        if (!count) return tl::unexpected(count.error());
        ended_ = *count == 0;
        filled_ += *count;
        return {};
    }

    Result<std::size_t> read_plain(std::span<char> into) {
        const std::string_view start = rest();
        if (start.empty()) return ended_ ? Result<std::size_t>(0) : source_->read(into);
        const std::size_t count = std::min(start.size(), into.size());
        std::memcpy(into.data(), start.data(), count);
        used_ += count;
        return count;
    }

    Result<std::size_t> read_decoded(std::span<char> into) {
        for (;;) {
            auto step = decoder_->decode(rest(), into);
            if (!step) return tl::unexpected(std::move(step.error()));
            used_ += step->consumed;
            if (step->produced > 0) return step->produced;
            if (!rest().empty()) continue;  // a member without content ended
            if (ended_) break;
            used_ = filled_ = 0;
            if (auto filled = fill(); !filled) return tl::unexpected(std::move(filled.error()));
        }
        if (decoder_->at_boundary()) return 0;
        return fail(ErrorClass::kIo, "the compressed data is cut off");
    }

    std::unique_ptr<ByteSource> source_;
    const std::unique_ptr<char[]> input_;
    std::size_t used_ = 0;
    std::size_t filled_ = 0;
    bool ended_ = false;
    bool detected_ = false;
    std::unique_ptr<Decoder> decoder_;
};

}  // namespace

std::unique_ptr<ByteSource> decompressed(std::unique_ptr<ByteSource> source) {
    return std::make_unique<DecompressedSource>(std::move(source));
}

}  // namespace riptide::io
