#include "core/forest.h"

#include <gtest/gtest.h>

namespace riptide::core {
namespace {

TEST(FeatureScales, keep_the_order_of_what_they_measure) {
    std::uint8_t last = 0;
    for (std::uint32_t value = 1; value < 5'000'000; value += 1 + value / 7) {
        EXPECT_GE(log_scale(value), last) << value;
        last = log_scale(value);
    }
    EXPECT_EQ(log_scale(15), 15);
    EXPECT_EQ(log_scale(16), 16);
    EXPECT_EQ(log_scale(32), 24);
    EXPECT_LT(log_scale(0xFFFFFFFF), 255);
}

TEST(FeatureScales, tell_shares_in_255ths) {
    EXPECT_EQ(share_scale(0, 7), 0);
    EXPECT_EQ(share_scale(1, 2), 127);
    EXPECT_EQ(share_scale(9, 7), 255);
    EXPECT_EQ(share_scale(3, 0), 0);
}

TEST(Forest, adds_the_leaf_that_the_answers_name) {
    FeatureTable features(2, 3);
    for (BlockIndex b = 0; b < 3; ++b) {
        features.set(0, b, static_cast<std::uint8_t>(b * 10));
        features.set(1, b, b == 2 ? 200 : 0);
    }
    Tree tree{};
    tree.questions[0] = {0, 9};
    tree.questions[1] = {1, 100};
    for (std::size_t level = 2; level < kTreeDepth; ++level) tree.questions[level] = {0, 255};
    tree.leaves[0] = -5;
    tree.leaves[1] = 7;
    tree.leaves[3] = 100;
    const Tree trees[] = {tree, tree};
    EXPECT_EQ(evaluate({trees, 2, 1}, features), (std::vector<std::int32_t>{-9, 15, 201}));
}

TEST(Probability, grows_with_the_log_odds_and_is_bounded) {
    EXPECT_EQ(probability(0), 128);
    EXPECT_LE(probability(-1'000'000), 1);
    EXPECT_GE(probability(1'000'000), 254);
    for (std::int32_t logit = -9000; logit < 9000; logit += 100) {
        EXPECT_LE(probability(logit), probability(logit + 100));
    }
}

}  // namespace
}  // namespace riptide::core
