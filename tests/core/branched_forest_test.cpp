#include "core/branched_forest.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "tests/core/branched_support.h"

namespace riptide::core {
namespace {

/// Made-up blocks of a page, by feature; the page's own features are in the middle.
struct Blocks {
    static constexpr std::size_t kFeatures = 20;
    static constexpr std::size_t kFirstOfPage = 8;
    static constexpr std::size_t kPage = 5;

    Blocks(std::mt19937& random, std::size_t count) : features(count) {
        for (std::size_t f = 0; f < kPage; ++f) page.push_back(random() & 255U);
        for (auto& block : features) {
            for (std::size_t f = 0; f < kFeatures; ++f) block.push_back(random() & 255U);
            std::copy(page.begin(), page.end(), block.begin() + kFirstOfPage);
        }
    }

    [[nodiscard]] std::vector<std::int32_t> scores(const BranchedForest& forest) const {
        BranchedScorer scorer(forest, kFirstOfPage, page);
        std::vector<std::int32_t> scores(features.size());
        for (std::size_t begin = 0; begin < scores.size(); begin += FeatureTable::kBatch) {
            // What no block has, and what the page has, is not to count.
            std::vector<FeatureTable::Row> rows(kFeatures);
            for (auto& row : rows) row.fill(99);
            const std::size_t size =
                std::min<std::size_t>(FeatureTable::kBatch, scores.size() - begin);
            for (std::size_t lane = 0; lane < size; ++lane) {
                for (std::size_t f = 0; f < kFeatures; ++f) {
                    const bool of_page = f >= kFirstOfPage && f < kFirstOfPage + kPage;
                    if (!of_page) rows[f][lane] = FeatureTable::biased(features[begin + lane][f]);
                }
            }
            scorer.score(rows.data(), std::span(scores).subspan(begin, size));
        }
        return scores;
    }

    std::vector<std::uint8_t> page;
    std::vector<std::vector<std::uint8_t>> features;  // by block
};

std::vector<std::int32_t> walk_all(const std::vector<WalkedTree>& trees, const Blocks& blocks) {
    std::vector<std::int32_t> scores;
    for (const auto& block : blocks.features) {
        std::int32_t& score = scores.emplace_back(0);
        for (const WalkedTree& tree : trees) score += tree.walk(block);
    }
    return scores;
}

TEST(BranchedForest, ends_where_a_walk_down_each_tree_does) {
    std::mt19937 random(1);
    // Batches that are full and such that are not, and more trees than 16 bits can hold the sum of.
    for (const std::size_t blocks : {1U, 2U, 3U, 15U, 16U, 17U, 33U, 50U}) {
        for (const std::size_t size : {1U, 5U, 700U}) {
            std::vector<WalkedTree> trees;
            for (std::size_t t = 0; t < size; ++t) {
                trees.push_back(random_tree(random, Blocks::kFeatures));
            }
            const MadeForest made(trees);
            const Blocks page(random, blocks);
            EXPECT_EQ(page.scores(made.forest()), walk_all(trees, page)) << blocks << ' ' << size;
        }
    }
}

TEST(BranchedForest, compares_at_the_ends_of_the_scale) {
    // Greater than 0, and greater than 254.
    const WalkedTree tree{{{0, 0, 0, 1, 3}, {0, 254, 1, 2, 3}}, {1, 2, 4}};
    const MadeForest made({tree});
    const BranchedForest forest = made.forest();
    for (const std::size_t blocks : {1U, 16U}) {
        std::vector<FeatureTable::Row> rows(1);
        for (const auto& [value, leaf] : {std::pair{0, 1}, {1, 2}, {254, 2}, {255, 4}}) {
            rows[0].fill(FeatureTable::biased(static_cast<std::uint8_t>(value)));
            BranchedScorer scorer(forest, 1, {});
            std::vector<std::int32_t> scores(blocks);
            scorer.score(rows.data(), scores);
            EXPECT_EQ(scores, std::vector<std::int32_t>(blocks, leaf)) << value;
        }
    }
}

TEST(BranchedForest, adds_up_sums_beyond_16_bits) {
    const WalkedTree high{{{0, 100, 0, 1, 2}}, {-128, 127}};
    const std::vector<WalkedTree> trees(1000, high);
    const MadeForest made(trees);
    std::vector<FeatureTable::Row> rows(1);
    rows[0].fill(FeatureTable::biased(101));
    rows[0][3] = FeatureTable::biased(100);
    const BranchedForest forest = made.forest();
    BranchedScorer scorer(forest, 1, {});
    std::vector<std::int32_t> scores(16);
    scorer.score(rows.data(), scores);
    EXPECT_EQ(scores[2], 127'000);
    EXPECT_EQ(scores[3], -128'000);
}

}  // namespace
}  // namespace riptide::core
