// Bytes of a connection to requests: the same ones whatever pieces the bytes come in, each as its
// head says.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/request_parser.h"

namespace {

using namespace riptide::http;

constexpr std::size_t kHeadLimit = 4096;
/// The end of an input is no request, but the sizes of pieces.
constexpr std::size_t kSizes = 8;

void expect(bool holds) {
    if (!holds) std::abort();
}

std::string told(const RequestHead& head) {
    std::string out = std::string(to_string(head.method)) + " " + head.path + "?" + head.query +
                      "@" + head.host + (head.keeps_alive ? "+" : "-");
    for (const auto& field : head.fields) {
        out.append("\n").append(field.name_string()).append(":").append(field.value());
    }
    return out;
}

/// Reads requests as a connection does.
class Reader {
public:
    explicit Reader(std::size_t piece_limit) : piece_limit_(piece_limit) {}

    /// `input` is what was not taken so far, and what came after it.
    void read(std::string_view& input) {
        while (!is_refused_ && (has_head_ ? read_body(input) : read_head(input))) {
        }
    }

    /// The requests: head, body, and whether it is all of it.
    std::vector<std::string> requests;
    /// Whether it was refused, or stands in the middle of a request.
    [[nodiscard]] bool is_broken() const { return is_refused_ || has_begun_; }

private:
    bool read_head(std::string_view& input) {
        if (input.empty()) return false;
        has_begun_ = true;
        const auto state = parser_->read_head(input);
        if (!state) return refuse(state.error().status);
        if (*state != RequestParser::State::kDone) return false;
        head_ = parser_->take_head();
        body_.clear();
        requests.push_back(told(head_));
        has_head_ = true;
        return true;
    }

    bool read_body(std::string_view& input) {
        const auto piece = parser_->read_body(input, piece_limit_);
        if (!piece) return refuse(piece.error().status);
        expect(piece->data.size() <= piece_limit_);
        body_ += piece->data;
        requests.back() += piece->data;
        if (piece->state == RequestParser::State::kDone) {
            expect(head_.is_chunked || body_.size() == head_.content_length.value_or(0));
            requests.back() += "\nend";
            has_head_ = false;
            has_begun_ = false;
            parser_.emplace(kHeadLimit);
            return true;
        }
        return piece->state == RequestParser::State::kMore;
    }

    bool refuse(std::uint16_t status) {
        expect(status >= 400 && status < 600);
        is_refused_ = true;
        return false;
    }

    const std::size_t piece_limit_;
    std::optional<RequestParser> parser_{std::in_place, kHeadLimit};
    RequestHead head_;
    std::string body_;
    bool has_begun_ = false;  // a request
    bool has_head_ = false;
    bool is_refused_ = false;
};

struct Seen {
    std::vector<std::string> requests;
    bool is_broken;  // in the end

    bool operator==(const Seen&) const = default;
};

/// Reads bytes that come in pieces of these sizes, in turn.
Seen read(std::string_view bytes, const std::vector<std::size_t>& sizes, std::size_t piece_limit) {
    Reader reader(piece_limit);
    std::size_t taken = 0;
    std::size_t given = 0;
    for (std::size_t turn = 0; given < bytes.size(); ++turn) {
        given = std::min(bytes.size(), given + sizes[turn % sizes.size()]);
        std::string_view input = bytes.substr(taken, given - taken);
        reader.read(input);
        taken = given - input.size();
    }
    const bool is_broken = reader.is_broken();
    return {std::move(reader.requests), is_broken};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < kSizes) return 0;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::string_view bytes = input.substr(0, size - kSizes);
    std::vector<std::size_t> sizes;
    for (const char c : input.substr(bytes.size()))
        sizes.push_back(static_cast<std::uint8_t>(c) % 32 + 1);
    const Seen whole = read(bytes, {size}, size);
    expect(read(bytes, sizes, sizes.front()) == whole);
    expect(read(bytes, {1}, size) == whole);
    return 0;
}
