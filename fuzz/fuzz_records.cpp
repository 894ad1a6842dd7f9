// Inputs of batches to requests: whatever the bytes are, reading ends, holds no more than its
// limit, and does not depend on the pieces in which the bytes come.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "io/decompressed_source.h"
#include "io/jsonl_source.h"
#include "io/record_inputs.h"
#include "io/warc_source.h"

namespace {

using namespace riptide::io;

constexpr riptide::Bytes kLimit{4096};

class Pieces final : public ByteSource {
public:
    Pieces(std::string_view bytes, std::size_t piece) : bytes_(bytes), piece_(piece) {}
    riptide::Result<std::size_t> read(std::span<char> into) override {
        const std::size_t count = bytes_.copy(into.data(), std::min(piece_, into.size()));
        bytes_.remove_prefix(count);
        return count;
    }

private:
    std::string_view bytes_;
    std::size_t piece_;
};

/// Where records are, which are errors, and what they ask for.
std::vector<std::string> read(std::string_view bytes, std::size_t piece, InputFormat format) {
    InputWatch watch;
    const auto name = std::make_shared<const std::string>("in");
    auto source = decompressed(std::make_unique<Pieces>(bytes, piece));
    const auto records = format == InputFormat::kWarc
                             ? read_warc(std::move(source), name, kLimit, watch)
                             : read_jsonl(std::move(source), name, kLimit);
    std::vector<std::string> seen;
    while (std::optional<Record> record = records->next()) {
        std::string text =
            std::to_string(record->origin.record) + "@" + std::to_string(record->origin.offset);
        // The files that a line names are none of the fuzzer's business.
        const auto* line = std::get_if<JsonLine>(&record->content);
        if (line == nullptr || line->text.find("path") == std::string::npos) {
            const RecordRequest asked = request_of(std::move(*record), {}, kLimit, watch);
            text +=
                asked.request ? " " + asked.request->bytes : " ! " + asked.request.error().detail;
            if (asked.request && asked.request->bytes.size() > 64 * kLimit.count) std::abort();
        }
        seen.push_back(std::move(text));
    }
    return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (const InputFormat format : {InputFormat::kWarc, InputFormat::kJsonl}) {
        const auto whole = read(bytes, size + 1, format);
        const std::size_t piece = size == 0 ? 1 : data[size - 1] % 16 + 1;
        const bool is_zstd = bytes.starts_with("\x28\xb5\x2f\xfd");
        if (read(bytes, piece, format) != whole && !is_zstd) std::abort();
    }
    return 0;
}
