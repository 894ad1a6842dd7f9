#include "io/http_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "io/encoder.h"

namespace riptide::io {
namespace {

using testing::HasSubstr;

std::string page_of(const std::string& fields, const std::string& body) {
    const auto page = decoded_body(HeaderFields::parse(fields), body, {1000});
    return page ? *page : "! " + page.error().detail;
}

std::string compressed(const std::string& suffix, const std::string& bytes) {
    const auto encoder = make_encoder(suffix);
    std::string out;
    encoder->encode(bytes, out);
    encoder->finish_member(out);
    return out;
}

TEST(HttpMessage, has_a_header_of_fields) {
    const std::string header = "HTTP/1.1 200 OK\r\ncontent-TYPE:  text/html \r\nA: b\r\n c\r\n\r\n";
    const auto parsed = parse_http_header(header + "<p>");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->size, header.size());
    EXPECT_EQ(parsed->fields.find("Content-Type"), "text/html");
    EXPECT_EQ(parsed->fields.find("a"), "b c");
    EXPECT_EQ(parsed->fields.find("b"), std::nullopt);
    EXPECT_EQ(parse_http_header("HTTP/1.1 200 OK\n\n<p>")->size, 17U);
    EXPECT_EQ(page_of("", ""), "");
}

TEST(HttpMessage, chunks_are_joined) {
    const std::string chunked = "Transfer-Encoding: chunked\r\n";
    EXPECT_EQ(page_of(chunked, "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"), "abcde");
    EXPECT_EQ(page_of(chunked, "3 \r\nabc\r\n0\r\nTrailer: x\r\n\r\n"), "abc");
    EXPECT_EQ(page_of(chunked, "0\r\n\r\n"), "");
    EXPECT_EQ(page_of(chunked, "<p>stored plain"), "<p>stored plain");
    EXPECT_EQ(page_of(chunked, "ffffffffffffffff\r\nabc"), "abc");
}

TEST(HttpMessage, chunks_may_be_cut_off_anywhere) {
    const std::string whole = "3\r\nabc\r\n5;x\r\ndefgh\r\n0\r\n\r\n";
    const std::string page = "abcdefgh";
    for (std::size_t size = 4; size <= whole.size(); ++size) {
        const std::string got = page_of("Transfer-Encoding: chunked\r\n", whole.substr(0, size));
        EXPECT_TRUE(page.starts_with(got)) << size;
        const std::size_t first = std::min<std::size_t>(size - 3, 3);
        EXPECT_EQ(got.size(), first + std::clamp<std::size_t>(size, 13, 18) - 13) << size;
    }
}

TEST(HttpMessage, a_body_that_was_stored_without_its_chunks_is_taken_as_it_is) {
    for (const std::string body :
         {"Decade of change, the", "5 things to know\r\n<p>", "abc", "cafe\n<p>", "a;b",
          "3\r\nabcdef\r\n<p>", "3\r\nabc\r\n<p>", "0\r\n<p>none", "2 pages\r\nab\r\n0\r\n\r\n"}) {
        EXPECT_EQ(page_of("Transfer-Encoding: chunked\r\n", body), body);
    }
}

TEST(HttpMessage, codings_are_undone) {
    const std::string gzip = "Content-Encoding: gzip\r\n";
    EXPECT_EQ(page_of(gzip, compressed(".gz", "<p>")), "<p>");
    EXPECT_EQ(page_of("Content-Encoding: zstd\r\n", compressed(".zst", "<p>")), "<p>");
    EXPECT_EQ(
        page_of("Content-Encoding: zstd, GZIP\r\n", compressed(".gz", compressed(".zst", "<p>"))),
        "<p>");
    EXPECT_EQ(page_of(gzip, "<p>stored plain"), "<p>stored plain");
    // A zlib stream and a raw one, as servers send either.
    EXPECT_EQ(page_of("Content-Encoding: deflate\r\n",
                      std::string("\x78\x9c\x4b\x4c\x4a\x06\x00\x02\x4d\x01\x27", 11)),
              "abc");
    EXPECT_EQ(page_of("Content-Encoding: deflate\r\n", std::string("\x4b\x4c\x4a\x06\x00", 5)),
              "abc");
}

TEST(HttpMessage, what_is_broken_is_told) {
    for (const char* message : {"GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\r\n", ""}) {
        EXPECT_THAT(parse_http_header(message).error().detail,
                    HasSubstr("does not begin with a status line"));
    }
    EXPECT_THAT(page_of("Content-Encoding: br\r\n", "\x0b"), HasSubstr("not one of gzip, deflate"));
    const std::string whole = compressed(".gz", "<p>");
    EXPECT_THAT(page_of("Content-Encoding: gzip\r\n", whole.substr(0, whole.size() - 3)),
                HasSubstr("ends too early"));
    EXPECT_EQ(decoded_body(HeaderFields::parse("Content-Encoding: gzip\r\n"),
                           compressed(".gz", std::string(1001, 'x')), {1000})
                  .error()
                  .error_class,
              ErrorClass::kTooLarge);
}

}  // namespace
}  // namespace riptide::io
