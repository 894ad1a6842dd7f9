#include "core/classify.h"

#include <gtest/gtest.h>

#include <string>

#include "core/page_analysis.h"

namespace riptide::core {
namespace {

const std::string kParagraph =
    "<p>The river rose overnight, and by the morning the lower streets, the market and the old "
    "bridge were under water, as they had been, said the mayor, forty years before.</p>";

std::string article_page() {
    std::string html =
        "<title>Flood</title><nav><a href='/a'>Sports</a><a href='/b'>Weather</a></nav>";
    html += "<main><article><h1>Flood</h1>";
    for (int i = 0; i < 8; ++i) html += kParagraph;
    return html + "</article></main><footer><a href='/c'>Imprint</a></footer>";
}

struct Page {
    explicit Page(const std::string& html, Metadata page_metadata = {})
        : metadata(std::move(page_metadata)),
          dom(std::move(*Dom::parse(html, truncations))),
          analysis(dom, metadata) {}

    [[nodiscard]] BlockIndex block(std::string_view text) const {
        for (BlockIndex b = 0; b < analysis.blocks.size(); ++b) {
            if (dom.text(analysis.blocks[b].first).substr(0, text.size()) == text) return b;
        }
        ADD_FAILURE() << "no block begins with " << text;
        return 0;
    }

    [[nodiscard]] Verdict verdict() const {
        return classify(dom, analysis.blocks, analysis.features);
    }

    Truncations truncations;
    Metadata metadata;
    Dom dom;
    PageAnalysis analysis;
};

TEST(Features, fill_the_table_to_its_last_column) {
    const Page page("<script type='application/ld+json'>{\"@type\": \"BreadcrumbList\"}</script>" +
                    article_page());
    ASSERT_GT(page.analysis.blocks.size(), 0U);
    const FeatureTable& features = page.analysis.features;
    ASSERT_EQ(features.page().size(), kPageFeatures);
    EXPECT_EQ(features.page().back(), 1) << "the breadcrumbs";
    for (BlockIndex b = 0; b < page.analysis.blocks.size(); ++b) {
        EXPECT_NE(features.at(kOwnFeatures - 1, b), FeatureTable::kNoNeighbour) << b;
    }
}

TEST(Classify, finds_paragraphs_likelier_than_menus) {
    const Page page(article_page());
    const Verdict verdict = page.verdict();
    EXPECT_TRUE(verdict.keeps(page.block("The river")));
    EXPECT_FALSE(verdict.keeps(page.block("Sports")));
    EXPECT_FALSE(verdict.keeps(page.block("Imprint")));
}

TEST(Classify, expects_more_of_a_clear_page_than_of_one_of_doubt) {
    const Page clear(article_page());
    const Page doubtful("<div><span>Seven</span><div>Eight or nine of them</div></div>");
    EXPECT_GT(clear.verdict().threshold.expected_f1, 80U);
    EXPECT_LT(doubtful.verdict().threshold.expected_f1, clear.verdict().threshold.expected_f1);
}

TEST(Classify, keeps_nothing_of_a_page_without_text) {
    const Page page("<img src=a>");
    EXPECT_EQ(page.verdict().threshold.expected_f1, 0U);
}

TEST(PageType, is_an_article_for_running_text_that_was_published) {
    Metadata metadata;
    metadata.url = "https://example.com/2024/05/17/flood-in-town";
    metadata.published = "2024-05-17";
    metadata.byline = "Marian Holloway";
    metadata.is_article_type = true;
    EXPECT_EQ(tell_page_type(Page(article_page(), metadata).analysis.features), PageType::kArticle);
}

TEST(PageType, is_a_forum_for_what_calls_itself_a_discussion) {
    for (const char* type : {"DiscussionForumPosting", "QAPage"}) {
        const std::string declared = "<script type='application/ld+json'>{\"@type\": \"" +
                                     std::string(type) + "\"}</script>" + article_page();
        EXPECT_EQ(tell_page_type(Page(declared).analysis.features), PageType::kForum) << type;
    }
    EXPECT_NE(tell_page_type(Page(article_page()).analysis.features), PageType::kForum);
}

TEST(PageType, is_other_without_blocks) {
    EXPECT_EQ(tell_page_type(Page("").analysis.features), PageType::kOther);
}

}  // namespace
}  // namespace riptide::core
