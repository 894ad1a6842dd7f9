#include "core/keep_together.h"

#include <gtest/gtest.h>

#include <string>

namespace riptide::core {
namespace {

/// Blocks kept of `html`, as letters: `scores` holds their probabilities; those of 150 and more
/// are likely content.
std::string kept(const std::string& html, std::vector<std::uint8_t> scores) {
    Truncations truncations;
    const Dom dom = std::move(*Dom::parse(html, truncations));
    const Signals signals(dom);
    const TextBlocks blocks(dom, signals);
    EXPECT_EQ(blocks.size(), scores.size());
    std::vector<Reason> reasons;
    for (const std::uint8_t score : scores) {
        reasons.push_back(score >= 150 ? Reason::kLikely : Reason::kUnlikely);
    }
    Verdict verdict;
    verdict.probability = std::move(scores);
    keep_together(dom, blocks, verdict, reasons);
    std::string out;
    for (const Reason reason : reasons) out += is_kept(reason) ? 'k' : '-';
    return out;
}

const std::string kTable =
    "<table><tr><th>Plan<th>Price</tr><tr><td>Basic<td>10</tr><tr><td>Large<td>20</tr></table>";

TEST(KeepTogether, keeps_a_table_most_of_which_is_content) {
    EXPECT_EQ(kept(kTable, {100, 200, 200, 100, 200, 100}), "kkkkkk");
}

TEST(KeepTogether, leaves_out_a_table_most_of_which_is_not) {
    EXPECT_EQ(kept(kTable, {100, 100, 100, 200, 100, 200}), "------");
}

TEST(KeepTogether, parts_the_cells_of_a_layout_table) {
    EXPECT_EQ(
        kept("<table><tr><td><h2>News</h2><p>Long ago</td><td>Menu</tr></table>", {200, 200, 100}),
        "kk-");
}

TEST(KeepTogether, keeps_terms_with_their_descriptions) {
    EXPECT_EQ(kept("<dl><dt>Bow<dd>The front of a ship.<dt>Aft<dd>Towards the stern.</dl>",
                   {100, 200, 100, 200}),
              "kkkk");
}

TEST(KeepTogether, keeps_code_in_the_midst_of_content) {
    EXPECT_EQ(kept("<p>First<pre>make</pre><p>Then", {200, 10, 200}), "kkk");
    EXPECT_EQ(kept("<p>First<pre>make</pre><p>Then", {200, 10, 100}), "k--");
    EXPECT_EQ(kept("<div><p>First<pre>make</pre></div><p>Then", {200, 10, 200}), "k-k");
}

TEST(KeepTogether, keeps_a_heading_in_the_midst_of_content_that_is_likelier_than_not) {
    EXPECT_EQ(kept("<p>First<h2>Steps</h2><p>Then", {200, 140, 200}), "kkk");
    EXPECT_EQ(kept("<p>First<h2>Steps</h2><p>Then", {200, 120, 200}), "k-k");
    EXPECT_EQ(kept("<p>First<h2>Steps</h2><p>Then", {200, 140, 100}), "k--");
}

TEST(KeepTogether, keeps_a_caption_that_is_likelier_than_not) {
    EXPECT_EQ(kept("<figure><figcaption>The harbour</figcaption></figure>", {140}), "k");
    EXPECT_EQ(kept("<figure><figcaption>The harbour</figcaption></figure>", {120}), "-");
}

}  // namespace
}  // namespace riptide::core
