#include "core/threshold.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/forest.h"

namespace riptide::core {
namespace {

/// In units of log odds.
std::int32_t odds(double logit) { return static_cast<std::int32_t>(logit * kLogitUnit); }

struct Block {
    std::size_t chars;
    double logit;
};

Threshold choose(const std::vector<Block>& blocks) {
    std::string html;
    std::vector<std::int32_t> logits;
    for (const Block& block : blocks) {
        html += "<p>" + std::string(block.chars, 'a') + "</p>";
        logits.push_back(odds(block.logit));
    }
    Truncations truncations;
    const Dom dom = std::move(*Dom::parse(html, truncations));
    const Signals signals(dom);
    return choose_threshold(TextBlocks(dom, signals), logits);
}

bool keeps(const Threshold& threshold, double logit) {
    return probability(odds(logit)) >= threshold.value;
}

TEST(Threshold, is_high_on_a_clear_page) {
    const Threshold threshold = choose({{500, 6}, {100, -1}});
    EXPECT_FALSE(keeps(threshold, -1));
    EXPECT_GT(threshold.expected_f1, 90U);
}

TEST(Threshold, is_low_where_little_is_sure) {
    EXPECT_TRUE(keeps(choose({{50, 8}, {300, -0.5}}), -0.5));
}

TEST(Threshold, has_bounds) {
    EXPECT_FALSE(keeps(choose({{500, -1.5}}), -1.5));
    EXPECT_TRUE(keeps(choose({{500, 8}, {1, 0.375}}), 0.375));
}

// As it seems, a little more F is to be expected with the second block than without. But when all
// is less likely than it seems, more is lost with it than without it when all is likelier.
TEST(Threshold, suits_a_page_that_is_misjudged_as_a_whole) {
    EXPECT_FALSE(keeps(choose({{140, 8}, {240, -0.125}}), -0.125));
}

TEST(Threshold, expects_nothing_without_blocks) {
    EXPECT_EQ(choose({}).expected_f1, 0U);
    EXPECT_EQ(choose({{10, -8}}).expected_f1, 0U);
}

}  // namespace
}  // namespace riptide::core
