/// One request out of the bytes of a connection.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "http/refusal.h"
#include "http/request_head.h"

#include <boost/beast/http/basic_parser.hpp>

namespace riptide::http {

inline constexpr std::size_t kMaxFields = 100;

/// Boost.Beast's parser with the rules of strictness.h, for one request: its head, then its body
/// freed from the framing. No byte after the request is taken. What either refuses, the connection
/// cannot go on after.
class RequestParser final : private boost::beast::http::basic_parser<true> {
public:
    /// `head_limit`: of request line and fields, in bytes.
    explicit RequestParser(std::size_t head_limit);

    enum class State : std::uint8_t {
        kMore,     ///< There may be more in `input`.
        kStarved,  ///< `input` must grow before the next call.
        kDone,
    };
    struct Piece {
        std::string_view data;  ///< Of `input`; may be empty.
        State state;
    };

    /// Takes of the head, and of one empty line before it, what has come off `input`. What it
    /// leaves must be given again, with what came after it. Refusals: 400 for what is malformed or
    /// ambiguous, 414 and 431 for what is too long, 417, 501 for unknown methods and codings, 505.
    Checked<State> read_head(std::string_view& input);
    /// Once, when the head is done.
    RequestHead take_head() { return std::move(head_); }

    /// Takes the next piece of the body off `input`, of at most `limit` bytes (1 at least), in the
    /// same way. A chunk's extensions and trailer fields are checked and dropped. Refusals: 400;
    /// 431 for a trailer that is too long.
    Checked<Piece> read_body(std::string_view& input, std::size_t limit);

private:
    using ErrorCode = boost::beast::error_code;
    using String = boost::beast::string_view;

    Checked<State> feed(std::string_view& input);
    void note(Checked<void> checked, ErrorCode& error);
    std::size_t take_data(String data);

    void on_request_impl(Method method, String name, String target, int version,
                         ErrorCode& error) override;
    void on_field_impl(boost::beast::http::field field, String name, String value,
                       ErrorCode& error) override;
    void on_header_impl(ErrorCode& error) override;
    void on_chunk_header_impl(std::uint64_t size, String extension, ErrorCode& error) override;
    std::size_t on_body_impl(String data, ErrorCode& error) override;
    std::size_t on_chunk_body_impl(std::uint64_t left, String data, ErrorCode& error) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode& error) override;
    void on_finish_impl(ErrorCode& error) override;
    void on_response_impl(int status, String reason, int version, ErrorCode& error) override;

    RequestHead head_;
    std::optional<Refusal> refusal_;  // of our own; the parser has stopped for it
    std::size_t head_limit_;
    std::size_t head_size_ = 0;  // so far
    std::size_t fields_ = 0;
    std::uint64_t chunk_left_ = 0;  // of the data of the chunk that is being read
    bool had_chunk_ = false;        // the head of one at least
    std::size_t piece_limit_ = 0;
    std::string_view piece_;
};

}  // namespace riptide::http
