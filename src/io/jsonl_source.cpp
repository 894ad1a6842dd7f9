#include "io/jsonl_source.h"

#include <string_view>

#include "io/byte_reader.h"

namespace riptide::io {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kRoomForMembers = std::size_t{64} << 10;

class JsonlSource final : public RecordSource {
public:
    JsonlSource(std::unique_ptr<ByteSource> source, std::shared_ptr<const std::string> name,
                Bytes body_limit)
        : reader_(std::move(source)),
          name_(std::move(name)),
          limit_(2 * body_limit.count + kRoomForMembers) {}

    std::optional<Record> next() override {
        while (!ended_) {
            Origin origin{name_, ++lines_, reader_.offset()};
            std::string line;
            const Result<ByteReader::Line> kind = reader_.read_line(line, limit_);
            if (!kind) {
                ended_ = true;
                return Record{std::move(origin), kind.error()};
            }
            if (*kind == ByteReader::Line::kNone) break;
            if (*kind == ByteReader::Line::kTooLong) {
                return Record{std::move(origin),
                              Error{ErrorClass::kTooLarge, "the line is longer than " +
                                                               std::to_string(limit_) + " bytes"}};
            }
            if (lines_ == 1 && line.starts_with(kByteOrderMark)) {
                line.erase(0, kByteOrderMark.size());
            }
            if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
            return Record{std::move(origin), JsonLine{std::move(line)}};
        }
        ended_ = true;
        return std::nullopt;
    }

private:
    ByteReader reader_;
    std::shared_ptr<const std::string> name_;
    std::size_t limit_;
    std::uint64_t lines_ = 0;
    bool ended_ = false;
};

}  // namespace

std::unique_ptr<RecordSource> read_jsonl(std::unique_ptr<ByteSource> source,
                                         std::shared_ptr<const std::string> name,
                                         Bytes body_limit) {
    return std::make_unique<JsonlSource>(std::move(source), std::move(name), body_limit);
}

}  // namespace riptide::io
