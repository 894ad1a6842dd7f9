#include "core/blocks.h"
#include "core/limits.h"
#include "tests/core/render_support.h"

namespace riptide::core::testing {
namespace {

std::size_t total_size(const Rendering& r) {
    return r.text.size() + r.markdown.size() + r.html.size();
}

TEST(RenderHostile, deep_inline_nesting_stays_small) {
    for (const char* tag : {"<b>", "<span>", "<i><b>", "<font>", "<code>", "<a href=x>", "<q>"}) {
        const Rendering out = render_page(repeat(tag, 100000) + "x");
        EXPECT_NE(out.text.find('x'), std::string::npos) << tag;
        EXPECT_LT(total_size(out), 2'000'000U) << tag;
    }
}

TEST(RenderHostile, deep_block_nesting_keeps_the_text) {
    for (const char* tag : {"<ul><li>", "<blockquote>", "<div>", "<dl><dd>", "<figure>", "<ol>",
                            "<table><tr><td>", "<table><tr><th>"}) {
        const Rendering out = render_page(repeat(tag, 100000) + "deep");
        EXPECT_NE(out.text.find("deep"), std::string::npos) << tag;
        EXPECT_NE(out.markdown.find("deep"), std::string::npos) << tag;
        EXPECT_LT(total_size(out), 1'000'000U) << tag;
    }
}

TEST(RenderHostile, deep_lists_of_many_items_are_bounded) {
    Truncations truncations;
    const std::string page = repeat("<ul><li>", 500) + repeat("<li>x", 100000);
    const Rendering out = render_page(page, Outputs::usual(), kPageUrl, &truncations);
    EXPECT_LE(out.markdown.size(), kMaxOutputBytes);
    EXPECT_LT(out.markdown.size(), 100000U * (kMaxNesting * 4 + 8));
}

TEST(RenderHostile, spans_of_tables_are_bounded) {
    const std::string bombs =
        "<table>" + repeat("<tr>" + repeat("<td colspan=1000 rowspan=65534>x", 10), 10000) +
        "</table>";
    const Rendering out = render_page(bombs);
    EXPECT_LT(total_size(out), 12'000'000U);
    EXPECT_GT(out.markdown.size(), 100000U);
    const Rendering wide = render_page("<table><tr>" + repeat("<th>x", 100000) +
                                       repeat("<tr><td>y", 1000) + "</table>");
    EXPECT_LT(total_size(wide), 8'000'000U);
    const Rendering steps =
        render_page("<table>" + repeat("<tr><td rowspan=65534>x<td>y", 20000) + "</table>");
    EXPECT_LT(total_size(steps), 8'000'000U);
}

TEST(RenderHostile, nested_tables_and_pictures_take_linear_time) {
    const std::string tables = repeat("<table><tr><td>a", 400) + repeat("x<br>", 100000);
    EXPECT_GT(render_page(tables).text.size(), 100000U);
    const std::string picture = "<picture>" + repeat("<source><img>", 100000) + "</picture>";
    EXPECT_TRUE(render_page(picture).media.empty());
    const std::string images =
        "<picture>" + repeat("<source>", 50000) + repeat("<img>", 50000) + "</picture>";
    EXPECT_TRUE(render_page(images).media.empty());
    const std::string sources = repeat("<video>" + repeat("<source>", 400), 400);
    EXPECT_TRUE(render_page(sources).media.empty());
}

TEST(RenderHostile, giant_text_is_rendered_or_cut) {
    Truncations truncations;
    const std::string words = repeat("word ", 1'000'000);
    Rendering out = render_page(words, Outputs::usual(), kPageUrl, &truncations);
    EXPECT_EQ(out.word_count, 1'000'000U);
    EXPECT_EQ(out.text.size(), words.size() - 1);
    EXPECT_FALSE(truncations.has(Truncation::kOutput));
    out = render_page("<p>first<p>" + repeat("****", 2'200'000) + "a<p>last", Outputs::usual(),
                      kPageUrl, &truncations);
    EXPECT_TRUE(out.markdown == "first\n") << out.markdown.size();
    EXPECT_TRUE(truncations.has(Truncation::kOutput));
    EXPECT_EQ(out.text.size(), 5 + 2 + 8'800'001 + 2 + 4U);
}

TEST(RenderHostile, many_breaks_images_and_styles_in_one_paragraph) {
    const Rendering out =
        render_page("<p>" + repeat("<b>a</b><i>b</i><br><img src=x><code>c</code>", 50000));
    EXPECT_LT(total_size(out), 16'000'000U);
    EXPECT_EQ(out.media.size(), 1U);
}

TEST(RenderHostile, nothing_selected_gives_nothing) {
    for (const char* page : {"", "<p> </p><ul><li></ul><table></table>", "<frameset><frame>"}) {
        const Rendering out = render_page(page);
        EXPECT_EQ(total_size(out), 0U) << page;
        EXPECT_EQ(out.word_count, 0U);
    }
}

}  // namespace
}  // namespace riptide::core::testing
