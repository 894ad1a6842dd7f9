/// Decompression.
#pragma once

#include <riptide/config.h>
#include <riptide/error.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace riptide::io {

enum class Compression : std::uint8_t {
    kGzip,        ///< RFC 1952, any number of members.
    kZlib,        ///< RFC 1950.
    kRawDeflate,  ///< RFC 1951.
    kZstd,        ///< RFC 8878, any number of frames; windows up to 128 MiB.
};

/// Decompresses a stream piece by piece. Not thread-safe.
class Decoder {
public:
    virtual ~Decoder() = default;

    struct Step {
        std::size_t consumed = 0;
        std::size_t produced = 0;
    };
    /// Takes from `in` and fills `out` until one of them is used up, or a member ends. Fastest
    /// where `in` has the next member as a whole, and `out` the room. Error: `kIo` for data that is
    /// damaged, which ends it.
    virtual Result<Step> decode(std::string_view in, std::span<char> out) = 0;

    /// The stream may end here: it is between two members or frames.
    [[nodiscard]] virtual bool at_boundary() const = 0;
};

/// Throws `std::bad_alloc` when there is no memory for it, as all of the standard library does.
std::unique_ptr<Decoder> make_decoder(Compression compression);

/// Decompresses all of `bytes`. Errors: `kIo` for data that is damaged or cut off, `kTooLarge` for
/// more than `limit`.
Result<std::string> decompress(std::string_view bytes, Compression compression, Bytes limit);

}  // namespace riptide::io
