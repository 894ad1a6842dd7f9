#include "core/second_opinion.h"

#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "core/attribution.h"
#include "core/block_model.h"
#include "core/feature_names.h"
#include "core/page_analysis.h"
#include "tests/core/branched_support.h"

namespace riptide::core {
namespace {

constexpr std::int32_t kSure = 8 * 128;
constexpr std::int32_t kUnsure = 0;

struct Page {
    explicit Page(const std::string& html)
        : dom(std::move(*Dom::parse(html, truncations))), analysis(dom, metadata) {}

    Reconsidered reconsider(std::vector<std::int32_t>& logits) const {
        return core::reconsider(dom, analysis.blocks, analysis.features, logits);
    }

    Truncations truncations;
    Metadata metadata;
    Dom dom;
    PageAnalysis analysis;
};

/// As many as a page needs to be looked at twice.
constexpr std::size_t kBlocks = 100;

/// Three sections of 8 blocks, and others of another kind; all have ten code points.
std::string sections() {
    std::string html =
        "<div><h2>Aaaaaaaaaa</h2><p>Bbbbbbbbbb</p><p>Cccccccccc</p></div>"
        "<div><h2>Dddddddddd</h2><p>Eeeeeeeeee</p></div>"
        "<div><h2>Ffffffffff</h2><p>Gggggggggg</p><p>Hhhhhhhhhh</p></div>";
    for (std::size_t b = 8; b < kBlocks; ++b) html += "<pre>Iiiiiiiiii</pre>";
    return html;
}

/// The rest is surely not content.
std::vector<std::int32_t> logits_of(std::vector<std::int32_t> first_blocks) {
    first_blocks.resize(kBlocks, -kSure);
    return first_blocks;
}

/// What a reconsidered block was told, by its name.
std::map<std::string, int> opinions_of(const Reconsidered& again, std::size_t index) {
    const FeatureNames names;
    const std::string prefix = "first opinion: ";
    std::map<std::string, int> opinions;
    for (std::size_t i = 0; i < kOpinions; ++i) {
        const std::string& name = names.name(names.size() - kOpinions + i);
        EXPECT_TRUE(name.starts_with(prefix)) << name;
        opinions[name.substr(prefix.size())] = again.told[index][i];
    }
    return opinions;
}

TEST(SecondOpinion, is_asked_for_doubtful_blocks_alone) {
    const Page page(sections());
    ASSERT_EQ(page.analysis.blocks.size(), kBlocks);
    std::vector<std::int32_t> logits = logits_of({kSure, -95, -96, 96, 95, kSure, kSure, kSure});
    const std::vector<std::int32_t> before = logits;
    const Reconsidered again = page.reconsider(logits);
    EXPECT_EQ(again.blocks, (std::vector<BlockIndex>{1, 4}));
    EXPECT_EQ(again.told.size(), 2U);
    for (std::size_t b = 0; b < kBlocks; ++b) {
        EXPECT_EQ(logits[b] != before[b], b == 1 || b == 4) << b;
    }
}

TEST(SecondOpinion, is_not_asked_for_where_nothing_is_doubtful_or_little_is_there) {
    const Page page(sections());
    std::vector<std::int32_t> logits(kBlocks, kSure);
    EXPECT_TRUE(page.reconsider(logits).blocks.empty());
    EXPECT_EQ(logits, std::vector<std::int32_t>(kBlocks, kSure));
    std::string html;
    for (std::size_t b = 1; b < kBlocks; ++b) html += "<p>Aaaaaaaaaa</p>";
    const Page small(html);
    std::vector<std::int32_t> unsure(kBlocks - 1, kUnsure);
    EXPECT_TRUE(small.reconsider(unsure).blocks.empty());
    EXPECT_EQ(unsure, std::vector<std::int32_t>(kBlocks - 1, kUnsure));
}

// More of them than a batch holds.
TEST(SecondOpinion, of_many_blocks_is_what_the_forest_says_of_each) {
    std::string html;
    for (int i = 0; i < 2; ++i) html += sections();
    const Page page(html);
    const std::size_t blocks = 2 * kBlocks;
    std::vector<std::int32_t> first(blocks);
    for (std::size_t b = 0; b < blocks; ++b) first[b] = static_cast<std::int32_t>(b * 97 % 96);
    std::vector<std::int32_t> logits = first;
    const Reconsidered again = page.reconsider(logits);
    ASSERT_EQ(again.blocks.size(), blocks);
    const BranchedAttribution attribution(kSecondOpinion);
    const double whole = mean_of_trees(kSecondOpinion);
    for (BlockIndex b = 0; b < blocks; ++b) {
        std::vector<std::uint8_t> features;
        for (std::size_t f = 0; f < page.analysis.features.features(); ++f) {
            features.push_back(page.analysis.features.at(f, b));
        }
        features.insert(features.end(), again.told[b].begin(), again.told[b].end());
        const Weights weights = attribution.of(features);
        EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), whole), logits[b], 0.001) << b;
    }
}

TEST(SecondOpinion, is_told_the_first_one_of_what_surrounds_the_block) {
    const Page page(sections());
    std::vector<std::int32_t> logits = logits_of({kSure, kUnsure, -kSure, kSure, kUnsure});
    const Reconsidered again = page.reconsider(logits);
    ASSERT_EQ(again.blocks, (std::vector<BlockIndex>{1, 4}));
    // Contents to be expected: 2550, 1280, 0, 2550, 1280, together 7660, in 255ths of code points.
    const std::map<std::string, int> first = {{"it", 128},
                                              {"1 before", 255},
                                              {"1 after", 0},
                                              {"2 before", 0},
                                              {"2 after", 255},
                                              {"up to 2 blocks away", 6380 / 40},
                                              {"up to 4 blocks away", 7660 / 60},
                                              {"up to 8 blocks away", 7660 / 100},
                                              {"scope 1", 3830 / 30},
                                              {"scope 2", 7660 / 1000},
                                              {"scope 3", 7660 / 1000},
                                              {"scope 4", 7660 / 1000},
                                              {"content in scope 1", 255 * 3830 / 7660},
                                              {"blocks built alike", 2560 / 50},
                                              {"content before it", 255 * 2550 / 7660},
                                              {"content of the page", 7660 / 1000},
                                              {"the heading", 255},
                                              {"what stands below the heading", 3830 / 30}};
    EXPECT_EQ(opinions_of(again, 0), first);
    auto second = opinions_of(again, 1);
    EXPECT_EQ(second["1 before"], 255);
    EXPECT_EQ(second["1 after"], 0);
    EXPECT_EQ(second["content before it"], 255 * 6380 / 7660);
    EXPECT_EQ(second["what stands below the heading"], 3830 / 20);
}

TEST(SecondOpinion, of_a_page_without_headings_takes_all_of_it_for_one_section) {
    std::string html;
    for (std::size_t b = 0; b < kBlocks; ++b) html += "<p>Aaaaaaaaaa</p>";
    const Page page(html);
    std::vector<std::int32_t> logits(kBlocks, -kSure);
    logits[0] = kSure;
    logits[kBlocks - 1] = kUnsure;
    auto opinions = opinions_of(page.reconsider(logits), 0);
    EXPECT_EQ(opinions["the heading"], 0);
    EXPECT_EQ(opinions["1 after"], 0) << "nothing comes after it";
    EXPECT_EQ(opinions["what stands below the heading"], (2550 + 1280) / 1000);
}

}  // namespace
}  // namespace riptide::core
