#include "core/attribution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <numeric>
#include <vector>

#include "core/block_features.h"
#include "core/block_model.h"

namespace riptide::core {
namespace {

constexpr Question kNever{0, 127};

/// Asks of feature 1 first and of feature 2 second; 1 adds 64, 2 adds 32 of what is left.
Tree tree() {
    Tree tree{{{1, 10 - FeatureTable::kBias},
               {2, 20 - FeatureTable::kBias},
               kNever,
               kNever,
               kNever,
               kNever},
              {}};
    for (std::size_t leaf = 0; leaf < kTreeLeaves; ++leaf) {
        tree.leaves[leaf] = static_cast<std::int8_t>((leaf & 1) * 64 + (leaf >> 1 & 1) * 32);
    }
    return tree;
}

TEST(Attribution, puts_each_change_down_to_what_was_asked_of) {
    const Tree one = tree();
    const Forest forest{&one, 1, 0};
    FeatureTable features(3, 0, 2);
    for (const BlockIndex b : {0U, 1U}) {
        features.set(0, b, 0);
        features.set(1, b, b == 0 ? 11 : 10);
        features.set(2, b, 21);
    }
    const Attribution attribution(forest);
    // Of 0 or 64, 32 is to be expected; of 0 or 32, 16. In units of 1 / 128.
    const auto high = attribution.strongest(features, 0, 9);
    ASSERT_EQ(high.size(), 2U);
    EXPECT_EQ(high[0].feature, 1U);
    EXPECT_EQ(high[0].weight, 25);
    EXPECT_EQ(high[1].feature, 2U);
    EXPECT_EQ(high[1].weight, 12);
    const auto low = attribution.strongest(features, 1, 1);
    ASSERT_EQ(low.size(), 1U);
    EXPECT_EQ(low[0].feature, 1U);
    EXPECT_EQ(low[0].weight, -25);
}

// Of the model's own trees, on made-up blocks.
TEST(Attribution, adds_up_to_the_score) {
    constexpr BlockIndex kBlocks = 20;
    FeatureTable features(kOwnFeatures, kToldFeatures, kBlocks);
    for (BlockIndex b = 0; b < kBlocks; ++b) {
        for (std::size_t f = 0; f < kOwnFeatures; ++f) {
            features.set(f, b, static_cast<std::uint8_t>(b * 31 + f * 57));
        }
    }
    features.set_page(std::vector<std::uint8_t>(kPageFeatures, 9));
    std::int64_t whole = 0;  // means of the trees, in units of 1 / (128 * 64)
    for (std::size_t t = 0; t < kContent.size; ++t) {
        const Tree& tree = kContent.trees[t];
        whole += std::accumulate(std::begin(tree.leaves), std::end(tree.leaves), std::int64_t{0});
    }
    const std::vector<std::int32_t> scores = evaluate(kContent, features);
    const Attribution attribution(kContent);
    for (BlockIndex b = 0; b < kBlocks; ++b) {
        double sum = static_cast<double>(whole) / (kLogitUnit * 64) +
                     static_cast<double>(kContent.bias) / kLogitUnit;
        const auto all = attribution.strongest(features, b, features.features());
        for (const Contribution& of : all) sum += of.weight / 100.0;
        // Each of the features' weights is rounded towards zero.
        EXPECT_NEAR(sum, static_cast<double>(scores[b]) / kLogitUnit,
                    0.01 * static_cast<double>(features.features()))
            << b;
        EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), [](const auto& a, const auto& c) {
            return std::abs(a.weight) > std::abs(c.weight);
        }));
    }
}

}  // namespace
}  // namespace riptide::core
