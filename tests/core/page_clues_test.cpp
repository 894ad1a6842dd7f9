#include "core/page_clues.h"

#include <gtest/gtest.h>

namespace riptide::core {
namespace {

std::vector<std::uint8_t> address_clues(std::string_view url) {
    std::vector<std::uint8_t> features;
    append_address_clues(url, features);
    return features;
}

TEST(AddressClues, are_as_many_for_every_address) {
    for (const char* url :
         {"", "https://example.com", "https://example.com/a/b?c=1", "no address"}) {
        EXPECT_EQ(address_clues(url).size(), 14U) << url;
    }
}

TEST(AddressClues, tell_the_depth_and_the_query) {
    const std::vector<std::uint8_t> clues = address_clues("https://example.com/a-b/12/?q=/x/");
    EXPECT_EQ(clues[0], 8);
    EXPECT_EQ(clues[1], 3);
    EXPECT_EQ(clues[2], 2);
    EXPECT_EQ(clues[3], 1);
    EXPECT_EQ(clues[4], 1);
}

TEST(AddressClues, tell_names_of_directories_but_not_of_hosts) {
    EXPECT_NE(address_clues("https://example.com/products/lamp"),
              address_clues("https://example.com/xyzdurts/lamp"));
    EXPECT_EQ(address_clues("https://product.example.com/lamp"),
              address_clues("https://example.com/lamp"));
}

TEST(JsonLdClues, tell_the_types_that_are_named) {
    Truncations truncations;
    const Dom dom = std::move(*Dom::parse(
        "<script type='application/ld+json'>{\"@type\": \"Product\"}</script>", truncations));
    std::vector<std::uint8_t> features;
    append_json_ld_clues(dom, features);
    EXPECT_EQ(features, (std::vector<std::uint8_t>{1, 0, 0, 0, 0, 0, 0}));
}

}  // namespace
}  // namespace riptide::core
