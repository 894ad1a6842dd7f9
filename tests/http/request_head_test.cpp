#include "http/request_head.h"

#include <gtest/gtest.h>

#include <string>

namespace riptide::http {
namespace {

std::string with(const std::string& line, const std::string& fields) {
    return line + "\r\nHost: a\r\n" + fields + "\r\n";
}

TEST(RequestHead, is_read_as_it_was_sent) {
    const std::string bytes = with("POST /extract?mode=full&x= HTTP/1.1",
                                   "content-type:  text/html \r\nContent-Length: 12\r\n");
    const Checked<RequestHead> head = parse_head(bytes);
    ASSERT_TRUE(head) << head.error().detail;
    EXPECT_EQ(head->method, Method::kPost);
    EXPECT_EQ(head->path, "/extract");
    EXPECT_EQ(head->query, "mode=full&x=");
    EXPECT_EQ(head->value("CONTENT-TYPE"), "text/html");
    EXPECT_EQ(head->content_length, 12U);
    EXPECT_TRUE(head->keeps_alive);
    EXPECT_TRUE(head->has_body());
    EXPECT_EQ(head->value("Accept"), "");
}

TEST(RequestHead, tells_whether_the_connection_goes_on) {
    EXPECT_FALSE(parse_head(with("GET / HTTP/1.1", "Connection: x, Close\r\n"))->keeps_alive);
    EXPECT_FALSE(parse_head("GET / HTTP/1.0\r\n\r\n")->keeps_alive);
    EXPECT_TRUE(parse_head("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")->keeps_alive);
}

TEST(RequestHead, takes_urls_and_the_server_itself_as_targets) {
    EXPECT_EQ(parse_head(with("GET http://b:1/p?q HTTP/1.1", ""))->path, "/p");
    EXPECT_EQ(parse_head(with("GET HTTPS://b HTTP/1.1", ""))->path, "/");
    EXPECT_EQ(parse_head(with("GET http://b?q HTTP/1.1", ""))->query, "q");
    EXPECT_EQ(parse_head(with("OPTIONS * HTTP/1.1", ""))->path, "*");
    EXPECT_FALSE(parse_head(with("GET * HTTP/1.1", "")));
    EXPECT_FALSE(parse_head(with("GET ftp://b/ HTTP/1.1", "")));
}

TEST(RequestHead, refuses_what_two_readers_could_read_differently) {
    for (const std::string fields :
         {"Content-Length: 1\r\nContent-Length: 1\r\n", "Content-Length: 1,1\r\n",
          "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "A: b\r\n c\r\n", "A : b\r\n",
          "Host: b\r\n", "A: b\x01\r\n", "A: b\rc\r\n"}) {
        const Checked<RequestHead> head = parse_head(with("POST / HTTP/1.1", fields));
        ASSERT_FALSE(head) << fields;
        EXPECT_EQ(head.error().status, 400) << fields;
    }
    EXPECT_EQ(parse_head("GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n").error().status,
              400);
    EXPECT_EQ(parse_head("GET / HTTP/1.1\r\n\r\n").error().status, 400);
}

TEST(RequestHead, bounds_target_and_fields) {
    const std::string target(kMaxTarget, 'x');
    EXPECT_TRUE(parse_head(with("GET /" + target.substr(1) + " HTTP/1.1", "")));
    EXPECT_EQ(parse_head(with("GET /" + target + " HTTP/1.1", "")).error().status, 414);
    std::string fields;
    for (std::size_t i = 1; i < kMaxFields; ++i) fields += "A: b\r\n";
    EXPECT_TRUE(parse_head(with("GET / HTTP/1.1", fields)));
    EXPECT_EQ(parse_head(with("GET / HTTP/1.1", fields + "A: b\r\n")).error().status, 431);
}

TEST(HeadScanner, finds_the_end_however_the_bytes_come) {
    const std::string bytes = with("GET / HTTP/1.1", "A: b\r\n") + "rest\n";
    HeadScanner scanner;
    std::size_t size = 1;
    while (scanner.scan(bytes.substr(0, size)) == HeadScanner::Verdict::kIncomplete) ++size;
    EXPECT_EQ(scanner.scan(bytes), HeadScanner::Verdict::kMalformed);  // the rest has a bare LF
    EXPECT_EQ(size, bytes.size() - 5);
    EXPECT_EQ(scanner.size(), size);
}

TEST(HeadScanner, does_not_wait_for_more_after_a_bare_line_feed) {
    for (const std::string bytes : {"\n", "GET / HTTP/1.1\n", "GET / HTTP/1.1\r\n\n"}) {
        EXPECT_EQ(HeadScanner().scan(bytes), HeadScanner::Verdict::kMalformed);
    }
}

}  // namespace
}  // namespace riptide::http
