#include "io/byte_reader.h"

#include <algorithm>
#include <cstring>

namespace riptide::io {

ByteReader::ByteReader(std::unique_ptr<ByteSource> source)
    : source_(std::move(source)), buffer_(std::make_unique_for_overwrite<char[]>(kBuffer)) {}

Result<void> ByteReader::fill() {
    if (used_ > 0) {
        std::memmove(buffer_.get(), buffer_.get() + used_, filled_ - used_);
        filled_ -= used_;
        used_ = 0;
    }
    const Result<std::size_t> count = source_->read({buffer_.get() + filled_, kBuffer - filled_});
    if (!count) return tl::unexpected(count.error());
    filled_ += *count;
    ended_ = *count == 0;
    return {};
}

void ByteReader::take(std::size_t size) {
    used_ += size;
    offset_ += size;
}

Result<std::string_view> ByteReader::peek(std::size_t size) {
    while (buffered().size() < size && !ended_) {
        if (auto filled = fill(); !filled) return tl::unexpected(std::move(filled.error()));
    }
    return buffered().substr(0, size);
}

Result<ByteReader::Line> ByteReader::read_line(std::string& line, std::size_t limit) {
    line.clear();
    Line kind = Line::kNone;
    for (;;) {
        const auto more = peek(1);
        if (!more) return tl::unexpected(more.error());
        if (more->empty()) return kind;
        if (kind == Line::kNone) kind = Line::kWhole;
        const std::string_view bytes = buffered();
        const std::size_t end = bytes.find('\n');
        const std::string_view part = bytes.substr(0, end);
        if (line.size() + part.size() > limit) kind = Line::kTooLong;
        if (kind == Line::kTooLong) {
            line.clear();
        } else {
            line.append(part);
        }
        take(part.size());
        if (end == std::string_view::npos) continue;
        take(1);
        return kind;
    }
}

Result<std::uint64_t> ByteReader::read(std::string& into, std::uint64_t size) {
    std::uint64_t got = 0;
    while (got < size) {
        const auto more = peek(1);
        if (!more) return tl::unexpected(more.error());
        if (more->empty()) break;
        const std::string_view part = buffered().substr(0, size - got);
        into.append(part);
        got += part.size();
        take(part.size());
    }
    return got;
}

Result<std::uint64_t> ByteReader::skip(std::uint64_t size) {
    std::uint64_t got = 0;
    while (got < size) {
        const auto more = peek(1);
        if (!more) return tl::unexpected(more.error());
        if (more->empty()) break;
        const auto part = std::min<std::uint64_t>(buffered().size(), size - got);
        got += part;
        take(part);
    }
    return got;
}

}  // namespace riptide::io
