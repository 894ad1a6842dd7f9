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
    EXPECT_EQ(kept("<main><p>First<pre>make</pre></main><p>Then", {200, 10, 200}), "kkk");
    EXPECT_EQ(kept("<p>First<div><div><pre>make</pre></div></div><p>Then", {200, 10, 200}), "kkk");
    EXPECT_EQ(
        kept("<p>First<div><div><div><pre>make</pre></div></div></div><p>Then", {200, 10, 200}),
        "k-k");
}

TEST(KeepTogether, keeps_the_lines_of_a_table_of_code) {
    EXPECT_EQ(kept("<table><tr><td>1<td><pre>if x:</pre><tr><td>2<td><pre>  y()</pre></table>",
                   {10, 200, 10, 200}),
              "kkkk");
}

TEST(KeepTogether, keeps_a_heading_in_the_midst_of_content_that_is_not_surely_none) {
    EXPECT_EQ(kept("<p>First<h2>Steps</h2><p>Then", {200, 70, 200}), "kkk");
    EXPECT_EQ(kept("<p>First<h2>Steps</h2><p>Then", {200, 60, 200}), "k-k");
    EXPECT_EQ(kept("<p>First<h2>Steps</h2><p>Then", {200, 70, 100}), "k--");
    EXPECT_EQ(kept("<p>First<div><h2>Steps</h2></div><p>Then", {200, 70, 200}), "kkk");
}

TEST(KeepTogether, keeps_an_item_of_a_list_in_the_midst_of_content_that_is_not_surely_none) {
    EXPECT_EQ(kept("<ul><li>One<li>Two<li>Three</ul>", {200, 70, 200}), "kkk");
    EXPECT_EQ(kept("<ul><li>One<li>Two</ul><p>Then", {200, 70, 200}), "kkk");
    EXPECT_EQ(kept("<ul><li>One<li>Two<li>Three</ul>", {200, 60, 200}), "k-k");
    EXPECT_EQ(kept("<ul><li>One<li>Two</ul>", {200, 70}), "k-");
}

TEST(KeepTogether, keeps_a_table_in_the_midst_of_content_that_is_not_surely_none) {
    const std::string page = "<p>First" + kTable + "<p>Then";
    EXPECT_EQ(kept(page, {200, 70, 70, 70, 70, 70, 70, 200}), "kkkkkkkk");
    EXPECT_EQ(kept(page, {200, 60, 60, 60, 60, 60, 60, 200}), "k------k");
    EXPECT_EQ(kept(page, {200, 70, 70, 70, 70, 70, 70, 100}), "k-------");
}

TEST(KeepTogether, looks_for_content_beyond_headings_code_and_their_links) {
    EXPECT_EQ(kept("<p>First<h2>Steps</h2><pre>make</pre><p>Then", {200, 70, 10, 200}), "kkkk");
    EXPECT_EQ(kept("<p>First<h2>Steps</h2><h3>One</h3><p>Then", {200, 60, 70, 200}), "k-kk");
    EXPECT_EQ(kept("<p>First<div><h2>Steps</h2><span>[<a href=e>edit</a>]</span></div><p>Then",
                   {200, 70, 10, 200}),
              "kk-k");
    EXPECT_EQ(
        kept("<p>First<h2>Steps</h2><ul><li><a href=#o>One</a></ul><p>Then", {200, 70, 10, 200}),
        "k--k");
    EXPECT_EQ(kept("<p>First<h2>Steps</h2><div>run.sh</div><pre>make</pre><p>Then",
                   {200, 70, 70, 10, 200}),
              "kk-kk");
    EXPECT_EQ(kept("<p>First<pre>make</pre><button>Copy</button><p>Then", {200, 10, 10, 200}),
              "kk-k");
    std::string many;
    for (int i = 0; i < 6; ++i) many += "<h3>Step</h3>";
    EXPECT_EQ(
        kept("<p>First<h2>Steps</h2>" + many + "<p>Then", {200, 70, 10, 10, 10, 10, 10, 10, 200}),
        "k-------k");
}

TEST(KeepTogether, keeps_a_caption_that_is_likelier_than_not) {
    EXPECT_EQ(kept("<figure><figcaption>The harbour</figcaption></figure>", {140}), "k");
    EXPECT_EQ(kept("<figure><figcaption>The harbour</figcaption></figure>", {120}), "-");
}

}  // namespace
}  // namespace riptide::core
