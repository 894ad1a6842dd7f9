#include "core/feature_names.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "core/page_analysis.h"
#include "core/second_opinion.h"
#include "tests/core/metadata_support.h"

namespace riptide::core {
namespace {

/// What the features of one block say, by their names.
std::map<std::string, std::string> told_of(std::string_view html, std::string_view text) {
    Truncations truncations;
    const Dom dom = std::move(*Dom::parse(html, truncations));
    const UrlResolver urls(dom, "https://a.example/shop/item-1?x");
    const Metadata metadata = read_metadata(dom, urls);
    const PageAnalysis page(dom, metadata);
    const FeatureNames names;
    std::map<std::string, std::string> told;
    for (BlockIndex b = 0; b < page.blocks.size(); ++b) {
        if (!dom.text(page.blocks[b].first).starts_with(text)) continue;
        for (std::size_t f = 0; f < page.features.features(); ++f) {
            told[names.name(f)] = names.value(f, page.features.at(f, b));
        }
    }
    return told;
}

TEST(FeatureNames, are_as_many_as_the_features_and_each_another) {
    const FeatureNames names;
    EXPECT_EQ(names.size(),
              kOwnFeatures + kToldFeatures * FeatureTable::kNeighbours + kPageFeatures + kOpinions);
    std::set<std::string> distinct;
    for (std::size_t f = 0; f < names.size(); ++f) distinct.insert(names.name(f));
    EXPECT_EQ(distinct.size(), names.size());
}

// Names are a list beside the features; these show that each stands where its feature does.
TEST(FeatureNames, say_what_the_page_has) {
    auto told = told_of(
        "<html><title>Tides of the sea</title><body><main><h1>Tides of the sea</h1>"
        "<article class=post><p>One, two, <a href=x>three</a>. Four 4444.</p>"
        "<blockquote><p>Next to it <img src=i></p></blockquote></article></main>"
        "<nav class=menu><ul><li><a href=y>Home</a></ul></nav>"
        "<script type=application/ld+json>{\"@type\": \"Product\"}</script>",
        "One, two");
    EXPECT_EQ(told["length"], "26");  // of 27: the scale has steps of two here
    EXPECT_EQ(told["link share"], "22%");
    EXPECT_EQ(told["element"], "p");
    EXPECT_EQ(told["links"], "1");
    EXPECT_EQ(told["commas"], "2");
    EXPECT_EQ(told["words"], "6");
    EXPECT_EQ(told["innermost element"], "p");
    EXPECT_EQ(told["blocks with the same text"], "1");
    EXPECT_EQ(told["is the title"], "no");
    EXPECT_EQ(told["blocks since the title"], "1");
    EXPECT_EQ(told["articles begun"], "0");  // too short a one
    EXPECT_EQ(told["main headings begun"], "1");
    EXPECT_EQ(told["blocks since a heading"], "1");
    EXPECT_EQ(told["latest heading"], "h1");
    EXPECT_EQ(told["in article"], "2 up");
    EXPECT_EQ(told["in main"], "3 up");
    EXPECT_EQ(told["in nav"], "no");
    EXPECT_EQ(told["in quote"], "no");
    EXPECT_EQ(told["scope 1: blocks"], "2");
    EXPECT_EQ(told["scope 1: element"], "article");
    EXPECT_EQ(told["1 before: element"], "h1");
    EXPECT_EQ(told["1 before: length"], "16");
    EXPECT_EQ(told["1 after: length"], "10");
    EXPECT_EQ(told["2 before: length"], "no block");
    EXPECT_EQ(told["page: blocks"], "4");
    EXPECT_EQ(told["page: main headings"], "1");
    EXPECT_EQ(told["page: articles"], "1");
    EXPECT_EQ(told["page: images"], "1");
    EXPECT_EQ(told["page: list items"], "1");
    EXPECT_EQ(told["page: has a byline"], "no");
    EXPECT_EQ(told["address: length"], "12");
    EXPECT_EQ(told["address: slashes"], "2");
    EXPECT_EQ(told["address: digits"], "1");
    EXPECT_EQ(told["address: dashes"], "1");
    EXPECT_EQ(told["address: has a query"], "yes");
    EXPECT_EQ(told["address: item name"], "yes");
    EXPECT_EQ(told["JSON-LD: Product"], "yes");
    EXPECT_EQ(told["JSON-LD: FAQPage"], "no");
}

}  // namespace
}  // namespace riptide::core
