/// Lines and blocks of a stream.
#pragma once

#include <riptide/error.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "io/byte_source.h"

namespace riptide::io {

/// Reads a stream through a buffer of 2 MiB, of which only what is used is ever touched. Errors of
/// all functions are those of the source; after one, all that was read before can still be taken.
/// Not thread-safe.
class ByteReader {
public:
    static constexpr std::size_t kMaxPeek = std::size_t{128} << 10;

    explicit ByteReader(std::unique_ptr<ByteSource> source);

    /// The next `size` bytes, `kMaxPeek` at most, without taking them; fewer at the end. Valid
    /// until the next call.
    Result<std::string_view> peek(std::size_t size);

    enum class Line : std::uint8_t {
        kWhole,
        kTooLong,  ///< It was skipped.
        kNone,     ///< The stream is at its end.
    };
    /// The next line, without its line feed.
    Result<Line> read_line(std::string& line, std::size_t limit);

    /// Appends the next `size` bytes, fewer at the end. Returns how many.
    Result<std::uint64_t> read(std::string& into, std::uint64_t size);
    /// Takes the next `size` bytes, fewer at the end. Returns how many.
    Result<std::uint64_t> skip(std::uint64_t size);

    /// How many bytes were taken.
    [[nodiscard]] std::uint64_t offset() const { return offset_; }

private:
    [[nodiscard]] std::string_view buffered() const {
        return std::string_view(buffer_.get(), filled_).substr(used_);
    }
    /// Reads more; the buffer stays empty at the end.
    Result<void> fill();
    void take(std::size_t size);

    /// Room for most members of compressed streams as a whole.
    static constexpr std::size_t kBuffer = std::size_t{2} << 20;

    std::unique_ptr<ByteSource> source_;
    const std::unique_ptr<char[]> buffer_;
    std::size_t used_ = 0;
    std::size_t filled_ = 0;
    std::uint64_t offset_ = 0;
    bool ended_ = false;
};

}  // namespace riptide::io
