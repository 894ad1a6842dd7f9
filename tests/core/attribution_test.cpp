#include "core/attribution.h"

#include <gtest/gtest.h>

#include <iterator>
#include <numeric>
#include <random>
#include <vector>

#include "core/block_features.h"
#include "core/block_model.h"
#include "tests/core/branched_support.h"

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
    const Attribution attribution(forest);
    // Of 0 or 64, 32 is to be expected; of 0 or 32, 16. In units of 1 / 128.
    EXPECT_EQ(attribution.of(std::vector<std::uint8_t>{0, 11, 21}), (Weights{0, 32, 16}));
    EXPECT_EQ(attribution.of(std::vector<std::uint8_t>{0, 10, 21}), (Weights{0, -32, 16}));
}

TEST(Attribution, names_the_weightiest_features) {
    const auto found = strongest({0, 12.8, -128, 1, 6.4}, 3);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].feature, 2U);
    EXPECT_EQ(found[0].weight, -100);
    EXPECT_EQ(found[1].feature, 1U);
    EXPECT_EQ(found[1].weight, 10);
    EXPECT_EQ(found[2].feature, 4U);
    EXPECT_EQ(found[2].weight, 5);
    EXPECT_TRUE(strongest({0, 1.2}, 9).empty()) << "less than a hundredth of log odds";
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
    double whole = kContent.bias;  // and the means of the trees
    for (std::size_t t = 0; t < kContent.size; ++t) {
        const Tree& tree = kContent.trees[t];
        whole += std::accumulate(std::begin(tree.leaves), std::end(tree.leaves), 0.0) / kTreeLeaves;
    }
    const std::vector<std::int32_t> scores = evaluate(kContent, features);
    const Attribution attribution(kContent);
    for (BlockIndex b = 0; b < kBlocks; ++b) {
        std::vector<std::uint8_t> values;
        for (std::size_t f = 0; f < features.features(); ++f) values.push_back(features.at(f, b));
        const Weights weights = attribution.of(values);
        EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), whole), scores[b], 0.001) << b;
    }
}

TEST(BranchedAttribution, puts_each_change_down_to_what_was_asked_of) {
    // Feature 1 tells the first nine leaves from the last one, feature 0 the first from the rest.
    WalkedTree tree{{{1, 10, 0, 9, 10}, {0, 20, 0, 1, 9}}, std::vector<std::int8_t>(10, 8)};
    for (std::size_t leaf = 1; leaf + 1 < 9; ++leaf) {
        tree.nodes.push_back({2, static_cast<std::uint8_t>(200 + leaf), leaf, leaf + 1, 9});
    }
    tree.leaves[0] = 80;
    tree.leaves[9] = -84;
    const MadeForest made({tree});
    const BranchedForest forest = made.forest();
    const BranchedAttribution attribution(forest);
    // Of all leaves 6 is to be expected, of the first nine 16, of all of these but the first 8.
    EXPECT_EQ(attribution.of(std::vector<std::uint8_t>{20, 10, 0}), (Weights{64, 10, 0}));
    EXPECT_EQ(attribution.of(std::vector<std::uint8_t>{21, 10, 0}), (Weights{-8, 10, 0}));
    EXPECT_EQ(attribution.of(std::vector<std::uint8_t>{21, 11, 0}), (Weights{0, -90, 0}));
}

TEST(BranchedAttribution, adds_up_to_what_a_walk_ends_at) {
    constexpr std::size_t kFeatures = 30;
    std::mt19937 random(1);
    for (int round = 0; round < 200; ++round) {
        const WalkedTree tree = random_tree(random, kFeatures);
        const MadeForest made({tree});
        const BranchedForest forest = made.forest();
        std::vector<std::uint8_t> features(kFeatures);
        for (std::uint8_t& feature : features) feature = random() & 255U;
        const Weights weights = BranchedAttribution(forest).of(features);
        const double mean = std::accumulate(tree.leaves.begin(), tree.leaves.end(), 0.0) /
                            static_cast<double>(tree.leaves.size());
        EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), mean), tree.walk(features),
                    0.001);
    }
}

}  // namespace
}  // namespace riptide::core
