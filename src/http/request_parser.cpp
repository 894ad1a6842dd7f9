#include "http/request_parser.h"

#include <limits>
#include <string>
#include <utility>

#include "http/strictness.h"

namespace riptide::http {
namespace {

using Error = boost::beast::http::error;

/// Of what stands between two chunks, or after the last.
constexpr std::size_t kMaxTrailer = 8192;
constexpr std::string_view kLastChunk = "0\r\n\r\n";

}  // namespace

RequestParser::RequestParser(std::size_t head_limit) : head_limit_(head_limit) {
    // The parser's own limit begins anew with each call.
    header_limit(std::numeric_limits<std::uint32_t>::max());
    // The connection counts what is left after decompression.
    body_limit(boost::none);
}

Checked<RequestParser::State> RequestParser::read_head(std::string_view& input) {
    const std::size_t before = input.size();
    if (head_size_ == 0 && !got_some()) {
        // One empty line may precede a request (RFC 9112, 2.2).
        if (input == "\r") return State::kStarved;
        if (input.starts_with("\r\n")) input.remove_prefix(2);
    }
    Checked<State> fed = feed(input);
    if (!fed) return fed;
    head_size_ += before - input.size();
    const std::size_t size = head_size_ + (is_header_done() ? 0 : input.size());
    if (size > head_limit_) {
        const std::string what =
            " is longer than the limit of " + std::to_string(head_limit_) + " bytes";
        const bool has_line = head_.method != Method::unknown;
        return has_line ? refuse(431, "the header" + what) : refuse(414, "the request line" + what);
    }
    return is_header_done() ? State::kDone : State::kStarved;
}

Checked<RequestParser::Piece> RequestParser::read_body(std::string_view& input, std::size_t limit) {
    if (is_done()) return Piece{{}, State::kDone};
    // What follows a chunk's data is never shorter than the last chunk, and the parser counts on
    // that. The data itself is taken as it comes: a client may wait for what it brings about.
    const bool is_between_chunks = chunked() && chunk_left_ == 0;
    if (is_between_chunks && !may_begin_chunk(input, !had_chunk_)) {
        return refuse(400, "a chunk does not begin with its size");
    }
    if (input.size() < (is_between_chunks ? kLastChunk.size() : 1)) {
        return Piece{{}, State::kStarved};
    }
    const std::size_t before = input.size();
    piece_ = {};
    piece_limit_ = limit;
    const Checked<State> fed = feed(input);
    if (!fed) return tl::unexpected(fed.error());
    const std::size_t framing =
        *fed == State::kStarved ? input.size() : before - input.size() - piece_.size();
    if (framing > kMaxTrailer) return refuse(431, "what follows a chunk is too long");
    return Piece{piece_, is_done() ? State::kDone : *fed};
}

Checked<RequestParser::State> RequestParser::feed(std::string_view& input) {
    ErrorCode error;
    const std::size_t taken = put({input.data(), input.size()}, error);
    if (refusal_) return tl::unexpected(*std::move(refusal_));
    if (error && error != Error::need_more) {
        const std::uint16_t status =
            error == Error::bad_version ? status_of_bad_version(input) : std::uint16_t{400};
        return refuse(status, "this is no HTTP/1.1: " + error.message());
    }
    input.remove_prefix(taken);
    return error ? State::kStarved : State::kMore;
}

void RequestParser::note(Checked<void> checked, ErrorCode& error) {
    if (checked) return;
    refusal_ = std::move(checked.error());
    error = Error::bad_field;  // which one does not matter
}

std::size_t RequestParser::take_data(String data) {
    piece_ = std::string_view(data).substr(0, piece_limit_);
    return piece_.size();
}

void RequestParser::on_request_impl(Method method, String /*name*/, String target, int version,
                                    ErrorCode& error) {
    head_.method = method;
    head_.understands_chunks = version > 10;
    note(method == Method::unknown ? refuse(501, "the method is not one that HTTP knows")
                                   : read_target(target, head_),
         error);
}

void RequestParser::on_field_impl(boost::beast::http::field /*field*/, String name, String value,
                                  ErrorCode& error) {
    if (is_folded(name, value)) {
        return note(refuse(400, "a header field is folded over several lines"), error);
    }
    if (is_header_done()) return;  // of the trailer, which `read_body` bounds
    if (++fields_ > kMaxFields) {
        const std::string limit = std::to_string(kMaxFields);
        return note(refuse(431, "there are more than " + limit + " header fields"), error);
    }
    note(add_field(name, value, head_.fields), error);
}

void RequestParser::on_header_impl(ErrorCode& error) {
    if (const auto length = content_length()) head_.content_length = *length;
    head_.is_chunked = chunked();
    head_.keeps_alive = keep_alive();
    const bool expects = head_.fields.count(boost::beast::http::field::expect) > 0;
    head_.expects_continue = expects && head_.understands_chunks;
    if (head_.host.empty()) head_.host = head_.fields[boost::beast::http::field::host];
    note(check_fields(head_), error);
}

void RequestParser::on_chunk_header_impl(std::uint64_t size, String extension, ErrorCode& error) {
    chunk_left_ = size;
    had_chunk_ = true;
    note(check_chunk_extension(extension), error);
}

std::size_t RequestParser::on_body_impl(String data, ErrorCode& /*error*/) {
    return take_data(data);
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t left, String data,
                                              ErrorCode& /*error*/) {
    const std::size_t taken = take_data(data);
    chunk_left_ = left - taken;
    return taken;
}

// `read_head` and `read_body` tell these.
void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& /*length*/,
                                      ErrorCode& /*error*/) {}
void RequestParser::on_finish_impl(ErrorCode& /*error*/) {}
// For responses only.
void RequestParser::on_response_impl(int /*status*/, String /*reason*/, int /*version*/,
                                     ErrorCode& /*error*/) {}

}  // namespace riptide::http
