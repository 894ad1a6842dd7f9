#include "core/forest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

namespace riptide::core {
namespace {

using testing::ElementsAre;

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

TEST(FeatureTable, tells_blocks_of_their_neighbours_across_batches) {
    constexpr BlockIndex kBlocks = 40;
    FeatureTable features(2, 1, kBlocks);
    features.set_page({200, 201});
    for (BlockIndex b = 0; b < kBlocks; ++b) {
        features.set(0, b, static_cast<std::uint8_t>(b));
        features.set(1, b, static_cast<std::uint8_t>(100 + b));
    }
    ASSERT_EQ(features.features(), 2U + 6U + 2U);
    std::vector<FeatureTable::Row> rows(features.features());
    features.load_page(rows.data());
    for (BlockIndex b = 0; b < kBlocks; ++b) {
        features.load(b / FeatureTable::kBatch, rows.data());
        const int at = static_cast<int>(b);
        int feature = 0;
        for (const int neighbour : {at, at + 100, at - 1, at + 1, at - 2, at + 2, at - 3, at + 3}) {
            const bool none = feature > 1 && (neighbour < 0 || neighbour >= int{kBlocks});
            const int expected = none ? int{FeatureTable::kNoNeighbour} : neighbour;
            EXPECT_EQ(features.at(feature, b), expected) << b << ' ' << feature;
            EXPECT_EQ(rows[feature][b % FeatureTable::kBatch] + FeatureTable::kBias, expected);
            ++feature;
        }
        EXPECT_EQ(features.at(8, b), 200);
        EXPECT_EQ(rows[9][b % FeatureTable::kBatch] + FeatureTable::kBias, 201);
    }
}

TEST(FeatureTable, puts_a_batch_together_from_any_blocks) {
    constexpr BlockIndex kBlocks = 40;
    FeatureTable features(2, 1, kBlocks);
    features.set_page({200});
    for (BlockIndex b = 0; b < kBlocks; ++b) {
        features.set(0, b, static_cast<std::uint8_t>(b));
        features.set(1, b, static_cast<std::uint8_t>(100 + b));
    }
    const std::vector<BlockIndex> blocks = {0, 2, 15, 16, 17, 31, 36, 39};
    FeatureTable::Row untouched{};
    untouched.fill(77);
    std::vector<FeatureTable::Row> rows(features.features(), untouched);
    features.gather(blocks, rows.data());
    const std::size_t of_blocks = features.features() - 1;
    for (std::size_t f = 0; f < of_blocks; ++f) {
        for (std::size_t lane = 0; lane < blocks.size(); ++lane) {
            EXPECT_EQ(rows[f][lane], FeatureTable::biased(features.at(f, blocks[lane])))
                << f << ' ' << blocks[lane];
        }
        EXPECT_EQ(rows[f][blocks.size()], 77);
    }
    EXPECT_EQ(rows[of_blocks], untouched) << "the page's";
}

/// A question that nothing answers with yes.
constexpr Question kNever{0, 127};

template <typename AnyTree>
AnyTree tree_of(Question first, Question last) {
    AnyTree tree{};
    std::fill(std::begin(tree.questions), std::end(tree.questions), kNever);
    tree.questions[0] = first;
    tree.questions[kTreeDepth - 1] = last;
    return tree;
}

TEST(Forest, adds_the_leaf_that_the_answers_name) {
    FeatureTable features(2, 0, 3);
    for (BlockIndex b = 0; b < 3; ++b) {
        features.set(0, b, static_cast<std::uint8_t>(b * 10));
        features.set(1, b, b == 2 ? 200 : 0);
    }
    Tree tree = tree_of<Tree>({0, 9 - 128}, {1, 100 - 128});
    tree.leaves[0] = -5;
    tree.leaves[1] = 7;
    tree.leaves[33] = 100;
    const std::vector<Tree> two(2, tree);
    EXPECT_EQ(evaluate({two.data(), two.size(), 1}, features),
              (std::vector<std::int32_t>{-9, 15, 201}));
    // More than 16 bits can hold.
    const std::vector<Tree> many(1000, tree);
    EXPECT_EQ(evaluate({many.data(), many.size(), 1}, features),
              (std::vector<std::int32_t>{-4999, 7001, 100'001}));
}

TEST(Forest, finds_each_leaf) {
    FeatureTable features(kTreeDepth, 0, kTreeLeaves);
    Tree tree{};
    for (std::size_t level = 0; level < kTreeDepth; ++level) {
        tree.questions[level] = {static_cast<std::uint8_t>(level), 0};
    }
    for (BlockIndex b = 0; b < kTreeLeaves; ++b) {
        tree.leaves[b] = static_cast<std::int8_t>(b * 2 - 64);
        for (std::size_t level = 0; level < kTreeDepth; ++level) {
            features.set(level, b, (b >> level & 1) != 0 ? 129 : 128);
        }
    }
    const std::vector<std::int32_t> scores = evaluate({&tree, 1, 0}, features);
    for (BlockIndex b = 0; b < kTreeLeaves; ++b) EXPECT_EQ(scores[b], tree.leaves[b]) << b;
}

TEST(ClassForest, adds_to_each_class_what_the_leaf_has) {
    using Classes = ClassForest<3>;
    auto tree = tree_of<Classes::ClassTree>({0, 9 - 128}, {1, 100 - 128});
    tree.leaves[0][2] = 5;
    tree.leaves[1][1] = 9;
    tree.leaves[33][0] = 1;
    const Classes forest{&tree, 1, {0, -2, 0}};
    const auto scores = [&](std::uint8_t first, std::uint8_t second) {
        return forest.scores(std::array{first, second});
    };
    EXPECT_THAT(scores(9, 100), ElementsAre(0, -2, 5));
    EXPECT_THAT(scores(10, 100), ElementsAre(0, 7, 0));
    EXPECT_THAT(scores(255, 255), ElementsAre(1, -2, 0));
    EXPECT_THAT(scores(0, 255), ElementsAre(0, -2, 0));
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
