#include "io/http_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/encoder.h"

namespace riptide::io {
namespace {

using testing::HasSubstr;

std::string page_of(const std::string& fields, const std::string& body) {
    const auto page = parse_http_response("HTTP/1.1 200 OK\r\n" + fields + "\r\n" + body, {1000});
    return page ? page->content_type + "|" + page->body : "! " + page.error().detail;
}

std::string compressed(const std::string& suffix, const std::string& bytes) {
    const auto encoder = make_encoder(suffix);
    std::string out;
    encoder->encode(bytes, out);
    encoder->finish_member(out);
    return out;
}

TEST(HttpMessage, has_a_type_and_a_body) {
    EXPECT_EQ(page_of("content-TYPE:  text/html \r\nA: b\r\n c\r\n", "<p>"), "text/html|<p>");
    EXPECT_EQ(page_of("", ""), "|");
    EXPECT_EQ(parse_http_response("HTTP/1.1 200 OK\n\n<p>", {9})->body, "<p>");
}

TEST(HttpMessage, chunks_are_joined) {
    const std::string chunked = "Transfer-Encoding: chunked\r\n";
    EXPECT_EQ(page_of(chunked, "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"), "|abcde");
    EXPECT_EQ(page_of(chunked, "3\r\nabc\r\n5\r\nde"), "|abcde");  // cut off
    EXPECT_EQ(page_of(chunked, "<p>stored plain"), "|<p>stored plain");
    EXPECT_EQ(page_of(chunked, "ffffffffffffffff\r\nabc"), "|abc");
}

TEST(HttpMessage, codings_are_undone) {
    const std::string gzip = "Content-Encoding: gzip\r\n";
    EXPECT_EQ(page_of(gzip, compressed(".gz", "<p>")), "|<p>");
    EXPECT_EQ(page_of("Content-Encoding: zstd\r\n", compressed(".zst", "<p>")), "|<p>");
    EXPECT_EQ(
        page_of("Content-Encoding: zstd, GZIP\r\n", compressed(".gz", compressed(".zst", "<p>"))),
        "|<p>");
    EXPECT_EQ(page_of(gzip, "<p>stored plain"), "|<p>stored plain");
    // A zlib stream and a raw one, as servers send either.
    EXPECT_EQ(page_of("Content-Encoding: deflate\r\n",
                      std::string("\x78\x9c\x4b\x4c\x4a\x06\x00\x02\x4d\x01\x27", 11)),
              "|abc");
    EXPECT_EQ(page_of("Content-Encoding: deflate\r\n", std::string("\x4b\x4c\x4a\x06\x00", 5)),
              "|abc");
}

TEST(HttpMessage, what_is_broken_is_told) {
    EXPECT_THAT(parse_http_response("GET / HTTP/1.1\r\n\r\n", {9}).error().detail,
                HasSubstr("does not begin with a status line"));
    EXPECT_THAT(page_of("Content-Encoding: br\r\n", "\x0b"), HasSubstr("not one of gzip, deflate"));
    const std::string whole = compressed(".gz", "<p>");
    EXPECT_THAT(page_of("Content-Encoding: gzip\r\n", whole.substr(0, whole.size() - 3)),
                HasSubstr("ends too early"));
    EXPECT_EQ(parse_http_response("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" +
                                      compressed(".gz", std::string(1001, 'x')),
                                  {1000})
                  .error()
                  .error_class,
              ErrorClass::kTooLarge);
}

}  // namespace
}  // namespace riptide::io
