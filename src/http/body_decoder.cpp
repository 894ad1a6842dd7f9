#include "http/body_decoder.h"

#include <algorithm>

#include "http/characters.h"

namespace riptide::http {
namespace {

constexpr std::size_t kMaxLine = 1024;
constexpr std::size_t kMaxTrailer = 8192;
/// More would not fit into the length of any body.
constexpr std::size_t kMaxSizeDigits = 15;

}  // namespace

BodyDecoder::BodyDecoder(const RequestHead& head) : part_(Part::kFixed) {
    if (head.is_chunked) {
        part_ = Part::kSize;
        return;
    }
    left_ = head.content_length.value_or(0);
    if (left_ == 0) part_ = Part::kDone;
}

Checked<BodyDecoder::Piece> BodyDecoder::next(std::string_view& input, std::size_t limit) {
    if (part_ == Part::kDone) return Piece{{}, State::kDone};
    if (part_ == Part::kFixed || part_ == Part::kData) return take_data(input, limit);
    return take_line(input);
}

Checked<BodyDecoder::Piece> BodyDecoder::take_data(std::string_view& input, std::size_t limit) {
    const auto size = static_cast<std::size_t>(
        std::min<std::uint64_t>({left_, std::uint64_t{limit}, std::uint64_t{input.size()}}));
    if (size == 0) return Piece{{}, State::kStarved};
    const std::string_view data = input.substr(0, size);
    input.remove_prefix(size);
    left_ -= size;
    if (left_ > 0) return Piece{data, State::kMore};
    if (part_ == Part::kFixed) {
        part_ = Part::kDone;
        return Piece{data, State::kDone};
    }
    part_ = Part::kDataEnd;
    return Piece{data, State::kMore};
}

Checked<BodyDecoder::Piece> BodyDecoder::take_line(std::string_view& input) {
    const std::size_t end = input.substr(0, kMaxLine).find('\n');
    if (end == std::string_view::npos) {
        if (input.size() >= kMaxLine) return refuse(400, "a line between chunks is too long");
        return Piece{{}, State::kStarved};
    }
    if (end == 0 || input[end - 1] != '\r') return refuse(400, "a chunk's line is malformed");
    const std::string_view line = input.substr(0, end - 1);
    if (!std::ranges::all_of(line, is_field_character)) {
        return refuse(400, "a line between chunks has control characters");
    }
    input.remove_prefix(end + 1);
    switch (part_) {
        case Part::kSize:
            if (Checked<void> read = read_size(line); !read) {
                return tl::unexpected(std::move(read.error()));
            }
            part_ = left_ == 0 ? Part::kTrailer : Part::kData;
            break;
        case Part::kDataEnd:
            if (!line.empty()) return refuse(400, "a chunk is longer than it says");
            part_ = Part::kSize;
            break;
        default:
            if (line.empty()) {
                part_ = Part::kDone;
                return Piece{{}, State::kDone};
            }
            trailer_bytes_ += line.size();
            if (trailer_bytes_ > kMaxTrailer) return refuse(431, "the trailer is too long");
            if (!is_token(line.substr(0, line.find(':')))) {
                return refuse(400, "a trailer field has no proper name");
            }
    }
    return Piece{{}, State::kMore};
}

Checked<void> BodyDecoder::read_size(std::string_view line) {
    std::size_t digits = 0;
    left_ = 0;
    while (digits < line.size() && hex_value(line[digits]) >= 0) {
        if (digits == kMaxSizeDigits) return refuse(400, "a chunk is too large");
        left_ = left_ * 16 + static_cast<std::uint64_t>(hex_value(line[digits++]));
    }
    const bool has_more = digits < line.size() && line[digits] != ';';
    if (digits == 0 || has_more) {
        return refuse(400, "a chunk's size is not a hexadecimal number");
    }
    return {};
}

}  // namespace riptide::http
