#include "http/strictness.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <utility>

namespace riptide::http {
namespace {

using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

RequestHead target(std::string_view text, Method method = Method::get) {
    RequestHead head;
    head.method = method;
    const Checked<void> read = read_target(text, head);
    if (!read) head.path = std::to_string(read.error().status);
    return head;
}

/// The status of the refusal; 0 when there is none.
std::uint16_t check(Fields fields, std::string_view version = "HTTP/1.1") {
    RequestHead head;
    head.understands_chunks = version == "HTTP/1.1";
    for (const auto& [name, value] : fields) {
        if (const auto added = add_field(name, value, head.fields); !added) {
            return added.error().status;
        }
    }
    const Checked<void> checked = check_fields(head);
    return checked ? 0 : checked.error().status;
}

TEST(Strictness, takes_paths_urls_and_the_server_itself_as_targets) {
    EXPECT_EQ(target("/p?q?r").path, "/p");
    EXPECT_EQ(target("/p?q?r").query, "q?r");
    EXPECT_EQ(target("http://b:1/p?q").path, "/p");
    EXPECT_EQ(target("HTTPS://b").path, "/");
    EXPECT_EQ(target("http://b?q").path, "/");
    EXPECT_EQ(target("http://b?q").query, "q");
    EXPECT_EQ(target("http://b?q").host, "b");
    EXPECT_EQ(target("http://[::1]:1/p?q").host, "[::1]:1");
    EXPECT_EQ(target("/p").host, "");
    EXPECT_EQ(target("*", Method::options).path, "*");
}

TEST(Strictness, refuses_other_targets) {
    for (const std::string text : {"*", "p", "ftp://b/", "/a#b", "/a\"b", "/a\\b", "/\xc3\xa9",
                                   "http://", "http:///p", "http://a@b/", "?q", ""}) {
        EXPECT_EQ(target(text).path, "400") << text;
    }
    EXPECT_EQ(target("/" + std::string(kMaxTarget - 1, 'x')).path.size(), kMaxTarget);
    EXPECT_EQ(target("/" + std::string(kMaxTarget, 'x')).path, "414");
}

TEST(Strictness, needs_one_host) {
    EXPECT_EQ(check({{"Host", "[::1]:80"}}), 0);
    EXPECT_EQ(check({{"Host", ""}}), 0);
    EXPECT_EQ(check({}), 400);
    EXPECT_EQ(check({}, "HTTP/1.0"), 0);
    EXPECT_EQ(check({{"Host", "a"}, {"host", "a"}}), 400);
    for (const std::string_view host : {"a b", "a/b", "a@b", "a?", "a\"", "\xc3\xa9"}) {
        EXPECT_EQ(check({{"Host", host}}), 400) << host;
    }
}

TEST(Strictness, takes_one_line_of_what_has_one_value) {
    for (const std::string_view name :
         {"Host", "Content-Length", "Content-Type", "Authorization"}) {
        boost::beast::http::fields fields;
        EXPECT_TRUE(add_field(name, "1", fields));
        const Checked<void> again = add_field(name, "1", fields);
        ASSERT_FALSE(again) << name;
        EXPECT_EQ(again.error().status, 400);
        EXPECT_EQ(again.error().detail, std::string(name) + " is given more than once");
    }
}

TEST(Strictness, joins_the_lines_of_lists) {
    boost::beast::http::fields fields;
    for (const std::string_view value : {"", "a", "", "b;q=0, c", "", "d"}) {
        EXPECT_TRUE(add_field("Accept", value, fields));
        EXPECT_TRUE(add_field("X-" + std::string(value), value, fields));
    }
    EXPECT_EQ(fields["accept"], ", a,, b;q=0, c,, d");
    EXPECT_EQ(fields.count("Accept"), 1U);
    EXPECT_EQ(fields["X-a"], "a");
}

TEST(Strictness, bounds_a_list_however_it_comes) {
    boost::beast::http::fields fields;
    const std::string half(32765, 'a');
    EXPECT_TRUE(add_field("Accept", half, fields));
    EXPECT_TRUE(add_field("Accept", half + "a", fields));
    EXPECT_EQ(fields["Accept"].size(), 65533U);
    const Checked<void> more = add_field("Accept", "a", fields);
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().status, 431);
}

TEST(Strictness, takes_one_number_for_a_length) {
    EXPECT_EQ(check({{"Host", "a"}, {"Content-Length", "10"}}), 0);
    EXPECT_EQ(check({{"Host", "a"}, {"Content-Length", "1"}, {"Content-Length", "1"}}), 400);
    for (const std::string_view length : {"1,1", "1, 1", "+1", "1,"}) {
        EXPECT_EQ(check({{"Host", "a"}, {"Content-Length", length}}), 400) << length;
    }
}

TEST(Strictness, takes_no_coding_but_chunked) {
    EXPECT_EQ(check({{"Host", "a"}, {"Transfer-Encoding", "Chunked"}}), 0);
    EXPECT_EQ(check({{"Host", "a"}, {"Transfer-Encoding", "chunked"}}, "HTTP/1.0"), 400);
    for (const std::string_view coding :
         {"", "gzip", "gzip, chunked", "chunked, gzip", "chunked, chunked", "chunked;a=b",
          "identity", "xchunked"}) {
        EXPECT_EQ(check({{"Host", "a"}, {"Transfer-Encoding", coding}}), 501) << coding;
    }
}

TEST(Strictness, takes_no_coding_of_several_lines) {
    for (const std::string_view other : {"", "gzip", "chunked"}) {
        EXPECT_EQ(
            check({{"Host", "a"}, {"Transfer-Encoding", other}, {"Transfer-Encoding", "chunked"}}),
            501);
        EXPECT_EQ(
            check({{"Host", "a"}, {"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", other}}),
            501);
    }
}

TEST(Strictness, meets_one_expectation) {
    EXPECT_EQ(check({{"Host", "a"}, {"Expect", "100-Continue"}}), 0);
    EXPECT_EQ(check({{"Host", "a"}, {"Expect", "200-ok"}}), 417);
    EXPECT_EQ(check({{"Host", "a"}, {"Expect", "100-continue"}, {"Expect", "x"}}), 417);
}

}  // namespace
}  // namespace riptide::http
