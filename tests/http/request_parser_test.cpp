#include "http/request_parser.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace riptide::http {
namespace {

constexpr std::size_t kHeadLimit = 16384;

std::string with(const std::string& line, const std::string& fields) {
    return line + "\r\nHost: a\r\n" + fields + "\r\n";
}

Checked<RequestHead> read_head(std::string_view bytes, std::size_t limit = kHeadLimit) {
    RequestParser parser(limit);
    const Checked<RequestParser::State> state = parser.read_head(bytes);
    if (!state) return tl::unexpected(state.error());
    EXPECT_EQ(*state, RequestParser::State::kDone);
    return parser.take_head();
}

std::uint16_t refused(const std::string& bytes, std::size_t limit = kHeadLimit) {
    const Checked<RequestHead> head = read_head(bytes, limit);
    return head ? 0 : head.error().status;
}

/// The body of a request whose bytes come `step` at a time after the `first`, and in brackets what
/// is left of them; the status of the refusal where there is one, and "incomplete" where more is
/// needed.
std::string read_all(std::string_view bytes, std::size_t step, std::size_t first = 0) {
    RequestParser parser(kHeadLimit);
    std::string body;
    std::size_t taken = 0;
    bool has_head = false;
    for (std::size_t given = 0; given < bytes.size();) {
        given = std::min(bytes.size(), given == 0 && first > 0 ? first : given + step);
        for (auto state = RequestParser::State::kMore; state != RequestParser::State::kStarved;) {
            std::string_view input = bytes.substr(taken, given - taken);
            if (!has_head) {
                const Checked<RequestParser::State> read = parser.read_head(input);
                if (!read) return std::to_string(read.error().status);
                has_head = *read == RequestParser::State::kDone;
                state = has_head ? RequestParser::State::kMore : *read;
            } else {
                const Checked<RequestParser::Piece> piece = parser.read_body(input, 3);
                if (!piece) return std::to_string(piece.error().status);
                EXPECT_LE(piece->data.size(), 3U);
                body += piece->data;
                state = piece->state;
            }
            taken = given - input.size();
            if (state == RequestParser::State::kDone) {
                return body + "[" + std::string(bytes.substr(taken)) + "]";
            }
        }
    }
    return "incomplete";
}

/// What of the body of a request in chunks can be had once only `bytes` of it came.
std::string body_so_far(std::string_view bytes) {
    RequestParser parser(kHeadLimit);
    const Checked<RequestParser::State> head = parser.read_head(bytes);
    if (!head || *head != RequestParser::State::kDone) return {};
    std::string body;
    for (auto state = RequestParser::State::kMore; state == RequestParser::State::kMore;) {
        const Checked<RequestParser::Piece> piece = parser.read_body(bytes, 1000);
        if (!piece) return std::to_string(piece.error().status);
        body += piece->data;
        state = piece->state;
    }
    return body;
}

std::string chunks(const std::string& bytes, std::size_t step = 100000) {
    return read_all(with("POST / HTTP/1.1", "Transfer-Encoding: chunked\r\n") + bytes, step);
}

TEST(RequestParser, reads_a_head_as_it_was_sent) {
    const Checked<RequestHead> head =
        read_head(with("POST /extract?mode=full&x= HTTP/1.1",
                       "content-type:  text/html \r\nContent-Length: 12\r\nA: 1\r\nA: 2\r\n"));
    ASSERT_TRUE(head) << head.error().detail;
    EXPECT_EQ(head->method, Method::post);
    EXPECT_EQ(head->path, "/extract");
    EXPECT_EQ(head->query, "mode=full&x=");
    EXPECT_EQ(head->host, "a");
    EXPECT_EQ(read_head(with("GET http://b:1/ HTTP/1.1", ""))->host, "b:1");
    EXPECT_EQ(head->value("CONTENT-TYPE"), "text/html");
    EXPECT_EQ(head->value("a"), "1, 2");
    EXPECT_EQ(head->content_length, 12U);
    EXPECT_TRUE(head->keeps_alive);
    EXPECT_TRUE(head->has_body());
    EXPECT_EQ(head->value("Accept"), "");
}

TEST(RequestParser, tells_whether_the_connection_goes_on) {
    EXPECT_FALSE(read_head(with("GET / HTTP/1.1", "Connection: x, Close\r\n"))->keeps_alive);
    EXPECT_FALSE(read_head("GET / HTTP/1.0\r\n\r\n")->keeps_alive);
    EXPECT_TRUE(read_head("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")->keeps_alive);
}

TEST(RequestParser, tells_whether_the_client_waits) {
    const std::string expects = "Content-Length: 1\r\nExpect: 100-Continue\r\n";
    EXPECT_TRUE(read_head(with("POST / HTTP/1.1", expects))->expects_continue);
    EXPECT_FALSE(read_head(with("POST / HTTP/1.0", expects))->expects_continue);
}

TEST(RequestParser, reads_requests_however_they_come) {
    const std::string fixed =
        with("POST / HTTP/1.1", "Content-Length: 12\r\n") + "hello, worldGET /";
    const std::string body =
        "5\r\nhello\r\n1;a=b\r\n,\r\n06\r\n world\r\n0\r\nTrailer: x\r\n\r\nGET /";
    const std::string chunked = with("POST / HTTP/1.1", "Transfer-Encoding: chunked\r\n") + body;
    for (std::size_t size = 1; size <= chunked.size(); ++size) {
        for (const std::string& bytes : {fixed, chunked}) {
            EXPECT_TRUE(read_all(bytes, size).starts_with("hello, world[")) << size;
            EXPECT_EQ(read_all(bytes, bytes.size(), size), "hello, world[GET /]") << size;
        }
        EXPECT_EQ(chunks("0\r\n\r\n", size), "[]") << size;
    }
}

TEST(RequestParser, gives_each_byte_of_a_chunk_as_soon_as_it_came) {
    std::string bytes = with("POST / HTTP/1.1", "Transfer-Encoding: chunked\r\n");
    std::string body;
    EXPECT_EQ(body_so_far(bytes), "");
    for (const std::string chunk : {"a", "bc", "def", "ghij", "klmno", "pqrstuvwx"}) {
        // The line of a size is no data, wherever it is cut.
        for (const char c : std::to_string(chunk.size()) + ";x=y\r\n") {
            EXPECT_EQ(body_so_far(bytes += c), body) << bytes;
        }
        for (const char c : chunk) EXPECT_EQ(body_so_far(bytes += c), body += c) << bytes;
        for (const char c : std::string_view("\r\n")) EXPECT_EQ(body_so_far(bytes += c), body);
    }
    for (const char c : std::string_view("0\r\nA: b\r\n\r\n"))
        EXPECT_EQ(body_so_far(bytes += c), body);
}

TEST(RequestParser, steps_over_one_empty_line_before_a_request) {
    const std::string request = with("GET / HTTP/1.1", "");
    for (const std::size_t step : {1, 2, 3, 1000}) {
        EXPECT_EQ(read_all("\r\n" + request, step), "[]") << step;
        EXPECT_EQ(read_all("\r\n\r\n" + request, step), "400") << step;
        EXPECT_EQ(read_all("\r" + request, step), "400") << step;
        EXPECT_EQ(read_all("\n" + request, step), "400") << step;
    }
}

TEST(RequestParser, takes_nothing_of_what_follows_a_request) {
    EXPECT_EQ(read_all(with("GET / HTTP/1.1", "") + "GET /", 1000), "[GET /]");
    EXPECT_EQ(read_all(with("POST / HTTP/1.1", "Content-Length: 0\r\n") + "GET /", 1000),
              "[GET /]");
    EXPECT_EQ(read_all(with("POST / HTTP/1.1", "Content-Length: 1\r\n") + "xGET /", 1000),
              "x[GET /]");
    EXPECT_EQ(chunks("1\r\nx\r\n0\r\n\r\nGET /"), "x[GET /]");
}

TEST(RequestParser, waits_for_what_is_missing) {
    EXPECT_EQ(read_all("GET / HTTP/1.1\r\nHost: a\r\n", 5), "incomplete");
    EXPECT_EQ(chunks("5\r\nhel", 6), "incomplete");
    EXPECT_EQ(chunks("0\r\n", 3), "incomplete");
}

TEST(RequestParser, refuses_what_is_no_head_at_once) {
    for (const std::string bytes : {"\n", "\x16\x03", "GET /\n", "GET / HTTP/1.1\n\n",
                                    "GET / HTTP/1.1\r\n\n\n", " / HTTP/1.1", "GET  / HTTP/1.1\r\n",
                                    "GET /\r\n", "GET / http/1.1\r\n", "GET / HTTP/1.1 \r\n"}) {
        EXPECT_EQ(refused(bytes), 400) << bytes;
    }
}

TEST(RequestParser, tells_unknown_methods_and_versions_from_malformed_ones) {
    EXPECT_EQ(refused(with("BREW / HTTP/1.1", "")), 501);
    EXPECT_EQ(refused(with("get / HTTP/1.1", "")), 501);
    for (const std::string version : {"HTTP/2.0", "HTTP/0.9", "HTTP/1.2"}) {
        EXPECT_EQ(refused(with("GET / " + version, "")), 505) << version;
    }
    for (const std::string version :
         {"HTTP/1.1x", "HTTP/1.x1", "HTTP/11.1", "HTTPS/1.1", "a HTTP/2.0"}) {
        EXPECT_EQ(refused(with("GET / " + version, "")), 400) << version;
    }
}

TEST(RequestParser, refuses_fields_that_two_readers_could_read_differently) {
    for (const std::string fields :
         {"A: b\r\n c\r\n", "A:\r\n\tb\r\n", "A: b\r\n \r\n", "A:\r\n \r\n", "A : b\r\n", ": b\r\n",
          "b\r\n", "A: b\x01\r\n", "A: b\x7f\r\n", "A: b\rc\r\n", "A: b\n"}) {
        EXPECT_EQ(refused(with("POST / HTTP/1.1", fields)), 400) << fields;
    }
    EXPECT_EQ(refused(with("POST / HTTP/1.1", "A: " + std::string(5000, 'b') + "\r\n c\r\n")), 400);
}

TEST(RequestParser, bounds_a_head_however_it_comes) {
    const std::string line = "GET / HTTP/1.1";
    const std::string fits = with(line, "A: b\r\n");
    EXPECT_TRUE(read_head(fits, fits.size()));
    EXPECT_EQ(refused(fits, fits.size() - 1), 431);
    EXPECT_EQ(refused(line, line.size() - 1), 414);
    EXPECT_EQ(read_all(with(line, "A: " + std::string(kHeadLimit, 'b')), 100), "431");
    std::string fields;
    for (std::size_t i = 0; i < 90; ++i) fields += "A: " + std::string(200, 'b') + "\r\n";
    EXPECT_EQ(read_all(with(line, fields), 100), "431");
}

TEST(RequestParser, bounds_the_fields) {
    std::string fields;
    for (std::size_t i = 1; i < kMaxFields; ++i) fields += "A: b\r\n";
    EXPECT_TRUE(read_head(with("GET / HTTP/1.1", fields)));
    EXPECT_EQ(refused(with("GET / HTTP/1.1", fields + "A: b\r\n")), 431);
    const std::string longest(65533, 'b');
    EXPECT_TRUE(read_head(with("GET / HTTP/1.1", longest + ": " + longest + "\r\n"), 1 << 20));
    EXPECT_EQ(refused(with("GET / HTTP/1.1", "A: " + longest + "b\r\n"), 1 << 20), 431);
    EXPECT_EQ(refused(with("GET / HTTP/1.1", longest + "b: a\r\n"), 1 << 20), 431);
}

TEST(RequestParser, refuses_chunks_that_are_none) {
    for (const std::string bytes :
         {"x\r\n\r\n\r\n", "\r\n\r\n\r\n", "5 \r\n\r\n", "-5\r\n\r\n", "0x5\r\n\r\n", "5\n\r\n\r\n",
          "10000000000000000\r\n", "1\r\nab\r\n\r\n", "1\r\nx\n\n0\r\n\r\n"}) {
        EXPECT_EQ(chunks(bytes), "400") << bytes;
    }
}

TEST(RequestParser, refuses_chunks_that_are_none_without_waiting_for_more) {
    const std::string head = with("POST / HTTP/1.1", "Transfer-Encoding: chunked\r\n");
    for (const std::string bytes : {"z", "zz\r\n", "\r", "5z", "5 ", "5\n", "5\rx", "1\r\nxy",
                                    "1\r\nx\rz", "1\r\nx\r\n\r", "1\r\nx\r\nz"}) {
        EXPECT_EQ(read_all(head + bytes, 1), "400") << bytes;
    }
}

TEST(RequestParser, refuses_extensions_that_two_readers_could_read_differently) {
    for (const std::string bytes :
         {"5 ;a\r\nhello", "5;a=\"\n\"\r\nhello", "5;a=\"\r\n\"\r\nhello", "5;\r\nhello"}) {
        EXPECT_EQ(chunks(bytes + "\r\n0\r\n\r\n"), "400") << bytes;
    }
    EXPECT_EQ(chunks("5;" + std::string(2000, 'x') + "\r\nhello\r\n0\r\n\r\n"), "400");
    EXPECT_EQ(chunks("5;" + std::string(9000, 'x'), 100), "431");
}

TEST(RequestParser, refuses_trailers_that_two_readers_could_read_differently) {
    for (const std::string fields :
         {"no name\r\n", "A: b\r\n c\r\n", "A : b\r\n", " A: b\r\n", "A: b\x01\r\n",
          "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n"}) {
        EXPECT_EQ(chunks("0\r\n" + fields + "\r\n"), "400") << fields;
    }
}

TEST(RequestParser, bounds_a_trailer_however_it_comes) {
    std::string bytes = "0\r\n";
    for (int i = 0; i < 20; ++i) bytes += "A: " + std::string(500, 'b') + "\r\n";
    EXPECT_EQ(chunks(bytes, 100), "431");
    EXPECT_EQ(chunks(bytes + "\r\n"), "431");
    // All of it counts, whatever is between its names and values.
    for (const auto& [size, result] : {std::pair(8182, "[]"), std::pair(8183, "431")}) {
        const std::string most = "0\r\nA:" + std::string(size, ' ') + "b\r\n\r\n";
        for (const std::size_t step : {1, 7, 8190, 100000})
            EXPECT_EQ(chunks(most, step), result) << step;
    }
}

}  // namespace
}  // namespace riptide::http
