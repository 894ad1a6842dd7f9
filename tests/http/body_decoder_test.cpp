#include "http/body_decoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace riptide::http {
namespace {

RequestHead chunked() {
    RequestHead head;
    head.is_chunked = true;
    return head;
}

/// The body of `bytes`, which come `step` at a time; the status of the refusal where there is one,
/// and "incomplete" where more is needed. `used` is how much of `bytes` the body took.
std::string decode(const RequestHead& head, std::string_view bytes, std::size_t step,
                   std::size_t* used = nullptr) {
    BodyDecoder decoder(head);
    std::string out;
    std::size_t given = 0;
    std::size_t taken = 0;
    while (true) {
        std::string_view input = bytes.substr(taken, given - taken);
        const Checked<BodyDecoder::Piece> piece = decoder.next(input, 3);
        if (!piece) return std::to_string(piece.error().status);
        taken = given - input.size();
        out += piece->data;
        if (piece->state == BodyDecoder::State::kDone) {
            if (used != nullptr) *used = taken;
            return out;
        }
        if (piece->state != BodyDecoder::State::kStarved) continue;
        if (given == bytes.size()) return "incomplete";
        given = std::min(bytes.size(), given + step);
    }
}

TEST(BodyDecoder, reads_chunks_however_they_come) {
    const std::string bytes = "5\r\nhello\r\n1;a=b\r\n,\r\n06\r\n world\r\n0\r\nTrailer: x\r\n\r\n";
    for (const std::size_t step : {1, 2, 3, 7, 64}) {
        EXPECT_EQ(decode(chunked(), bytes, step), "hello, world") << step;
    }
}

TEST(BodyDecoder, stops_where_the_body_ends) {
    RequestHead head;
    head.content_length = 5;
    std::size_t used = 0;
    EXPECT_EQ(decode(head, "helloGET /", 10, &used), "hello");
    EXPECT_EQ(used, 5U);
    EXPECT_EQ(decode(chunked(), "0\r\n\r\nGET /", 10, &used), "");
    EXPECT_EQ(used, 5U);
    head.content_length = 0;
    EXPECT_EQ(decode(head, "", 1), "");
}

TEST(BodyDecoder, waits_for_what_is_missing) {
    EXPECT_EQ(decode(chunked(), "5\r\nhel", 6), "incomplete");
    EXPECT_EQ(decode(chunked(), "0\r\n", 3), "incomplete");
}

TEST(BodyDecoder, refuses_chunks_that_are_none) {
    for (const std::string bytes : {"x\r\n", "\r\n", "5 \r\n", "-5\r\n", "0x5\r\n", "5\n",
                                    "1000000000000000\r\n", "1\r\nab\r\n", "0\r\nno name\r\n"}) {
        EXPECT_EQ(decode(chunked(), bytes, bytes.size()), "400") << bytes;
    }
    EXPECT_EQ(decode(chunked(), "5;" + std::string(2000, 'x'), 2002), "400");
}

TEST(BodyDecoder, bounds_the_trailer) {
    std::string bytes = "0\r\n";
    for (int i = 0; i < 20; ++i) bytes += "A: " + std::string(500, 'b') + "\r\n";
    EXPECT_EQ(decode(chunked(), bytes, bytes.size()), "431");
}

}  // namespace
}  // namespace riptide::http
