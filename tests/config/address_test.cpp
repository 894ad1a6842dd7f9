#include "config/address.h"

#include <gtest/gtest.h>

namespace riptide::config {
namespace {

TEST(Address, reads_both_families_and_localhost) {
    EXPECT_EQ(parse_address("127.0.0.1:8080"), (Address{"127.0.0.1", 8080}));
    EXPECT_EQ(parse_address("0.0.0.0:0"), (Address{"0.0.0.0", 0}));
    EXPECT_EQ(parse_address("[::1]:65535"), (Address{"::1", 65535}));
    EXPECT_EQ(parse_address("localhost:1"), (Address{"127.0.0.1", 1}));
}

TEST(Address, refuses_names_and_what_is_ambiguous) {
    for (const char* text : {"", ":", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:80x", "[::1]",
                             "127.0.0.1:-1", "127.0.0.1:65536", "::1:80", "a.example:80",
                             "[127.0.0.1]:80", "127.1:80", "127.0.0.1 :80"}) {
        EXPECT_FALSE(parse_address(text)) << text;
    }
}

TEST(Address, is_written_as_it_is_read) {
    for (const char* text : {"127.0.0.1:8080", "[::1]:80"}) {
        EXPECT_EQ(to_string(*parse_address(text)), text);
    }
    EXPECT_EQ(to_string(Address{}), "");
}

TEST(Address, knows_who_can_connect) {
    EXPECT_TRUE(is_loopback({"127.0.0.1", 1}));
    EXPECT_TRUE(is_loopback({"127.8.9.10", 1}));
    EXPECT_TRUE(is_loopback({"::1", 1}));
    EXPECT_FALSE(is_loopback({"0.0.0.0", 1}));
    EXPECT_FALSE(is_loopback({"::", 1}));
    EXPECT_FALSE(is_loopback({"192.168.0.1", 1}));
    for (const char* name :
         {"", "127.evil.example", "127.0.0.1.evil.example", "127.1", "127.", "127.0.0.1 ",
          "127.0.0.256", "localhost", "::1.evil.example", "::ffff:1.2.3.4"}) {
        EXPECT_FALSE(is_loopback({name, 1})) << name;
    }
}

}  // namespace
}  // namespace riptide::config
