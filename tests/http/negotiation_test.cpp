#include "http/negotiation.h"

#include <gtest/gtest.h>

#include <array>

#include "http/query.h"

namespace riptide::http {
namespace {

constexpr std::array<std::string_view, 3> kOffers = {"application/json", "text/markdown",
                                                     "text/plain"};

std::string_view chosen(std::string_view accept) {
    const auto index = choose_media_type(accept, kOffers);
    return index ? kOffers.at(*index) : "none";
}

TEST(Negotiation, takes_the_first_offer_without_a_wish) {
    EXPECT_EQ(chosen(""), "application/json");
    EXPECT_EQ(chosen("*/*"), "application/json");
    EXPECT_EQ(chosen(" , "), "none");
}

TEST(Negotiation, follows_the_weights) {
    EXPECT_EQ(chosen("text/plain, application/json;q=0.9"), "text/plain");
    EXPECT_EQ(chosen("text/*;q=0.5, application/json;q=0.4"), "text/markdown");
    EXPECT_EQ(chosen("TEXT/PLAIN;level=1;Q=1.000"), "text/plain");
    EXPECT_EQ(chosen("image/png"), "none");
}

TEST(Negotiation, lets_the_closest_range_decide) {
    EXPECT_EQ(chosen("*/*, application/json;q=0"), "text/markdown");
    EXPECT_EQ(chosen("text/*, text/markdown;q=0, application/json;q=0.1"), "text/plain");
    EXPECT_EQ(chosen("*/*;q=0"), "none");
}

TEST(Negotiation, steps_over_weights_that_are_none) {
    for (const std::string_view bad : {"2", "1.1", "0.1234", "x", "", "-1", "0,5"}) {
        EXPECT_EQ(chosen("application/json;q=" + std::string(bad) + ", text/plain;q=0.1"),
                  "text/plain")
            << bad;
    }
}

TEST(Negotiation, sends_gzip_to_those_who_take_it) {
    EXPECT_TRUE(accepts_gzip("gzip, deflate, br"));
    EXPECT_TRUE(accepts_gzip("*"));
    EXPECT_FALSE(accepts_gzip(""));
    EXPECT_FALSE(accepts_gzip("br"));
    EXPECT_FALSE(accepts_gzip("gzip;q=0"));
    EXPECT_FALSE(accepts_gzip("gzip;q=0.1, identity"));
}

TEST(Query, is_decoded) {
    const Checked<Parameters> parameters = parse_query("a=1&&b=x%3D%26+y&c&=z&a=%C3%A9");
    ASSERT_TRUE(parameters);
    EXPECT_EQ(*parameters,
              (Parameters{{"a", "1"}, {"b", "x=& y"}, {"c", ""}, {"", "z"}, {"a", "\u00e9"}}));
}

TEST(Query, refuses_what_cannot_be_decoded) {
    for (const std::string_view query : {"%", "%1", "a=%zz", "a=%C3", "%1%11"}) {
        EXPECT_FALSE(parse_query(query)) << query;
    }
}

TEST(MediaType, is_lower_case_and_without_parameters) {
    EXPECT_EQ(media_type("Text/HTML ; charset=x"), "text/html");
    for (const std::string_view bad : {"", "text", "text/", "/html", "text/ht ml", ";"}) {
        EXPECT_EQ(media_type(bad), "") << bad;
    }
}

}  // namespace
}  // namespace riptide::http
