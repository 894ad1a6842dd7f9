/// The body of a request, freed from its framing. Source: RFC 9112, sections 6 and 7.
#pragma once

#include <cstdint>
#include <string_view>

#include "http/refusal.h"
#include "http/request_head.h"

namespace riptide::http {

/// Reads one body. A chunk's extensions and trailer fields are checked and dropped.
class BodyDecoder {
public:
    explicit BodyDecoder(const RequestHead& head);

    enum class State : std::uint8_t { kMore, kStarved, kDone };
    struct Piece {
        std::string_view data;  ///< May be empty.
        State state;            ///< `kStarved`: `input` must grow before the next call.
    };
    /// Takes the next piece off `input`, of at most `limit` bytes (1 at least). What it leaves must
    /// be given again, with what came after it. Refusal: 400; nothing can be read after that.
    Checked<Piece> next(std::string_view& input, std::size_t limit);

private:
    enum class Part : std::uint8_t { kFixed, kSize, kData, kDataEnd, kTrailer, kDone };
    Checked<Piece> take_data(std::string_view& input, std::size_t limit);
    Checked<Piece> take_line(std::string_view& input);
    Checked<void> read_size(std::string_view line);

    Part part_;
    std::uint64_t left_ = 0;         // of the body or of the chunk
    std::size_t trailer_bytes_ = 0;  // so far
};

}  // namespace riptide::http
