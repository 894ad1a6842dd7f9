#include "core/quality.h"

#include <gtest/gtest.h>

#include <string>

#include "core/select.h"

namespace riptide::core {
namespace {

struct Judged {
    PageType type;
    std::uint32_t score;
};

Judged judge(const std::string& html, const Metadata& metadata, std::uint32_t words) {
    Truncations truncations;
    const Result<Dom> dom = Dom::parse(html, truncations);
    EXPECT_TRUE(dom.has_value());
    const Selection selection = select_full(*dom);
    const Judgement judgement = judge_page(*dom, metadata, selection, words);
    return {judgement.page_type, judgement.quality_score};
}

std::string paragraphs(int count) {
    std::string out;
    for (int i = 0; i < count; ++i) {
        out +=
            "<p>The river rose overnight, and by the morning the lower streets, the market and "
            "the old bridge were under water, said the mayor of the town.</p>";
    }
    return out;
}

TEST(ClassifyPage, believes_what_the_page_declares) {
    const std::string product =
        "<div itemscope itemtype='https://schema.org/Product'><p>Lamp</p>"
        "<span itemprop=price>9.50</span></div>";
    EXPECT_EQ(judge(product, {}, 1).type, PageType::kProduct);
    const std::string thread =
        "<div itemscope itemtype='https://schema.org/QAPage'><p>Why?</p><p>Because.</p></div>";
    EXPECT_EQ(judge(thread, {}, 2).type, PageType::kForum);
    Metadata article;
    article.is_article_type = true;
    EXPECT_EQ(judge("<p>Text</p>", article, 1).type, PageType::kArticle);
}

TEST(ClassifyPage, takes_running_text_for_an_article_and_many_links_for_a_listing) {
    EXPECT_EQ(judge(paragraphs(12), {}, 300).type, PageType::kArticle);
    EXPECT_EQ(judge("<p><a href='/a'>" + paragraphs(12) + "</a>", {}, 300).type,
              PageType::kListing);
    EXPECT_EQ(judge("<p>Short</p>", {}, 1).type, PageType::kOther);
}

TEST(QualityScore, is_zero_without_words) { EXPECT_EQ(judge("<body></body>", {}, 0).score, 0U); }

TEST(QualityScore, grows_with_text_and_metadata_up_to_100) {
    const std::uint32_t little = judge(paragraphs(1), {}, 25).score;
    const std::uint32_t much = judge(paragraphs(20), {}, 500).score;
    Metadata full;
    full.title = full.byline = full.published = full.language = "known";
    const std::uint32_t told = judge(paragraphs(20), full, 500).score;
    EXPECT_LT(little, much);
    EXPECT_LT(much, told);
    EXPECT_LE(judge(paragraphs(2000), full, 50000).score, 100U);
}

}  // namespace
}  // namespace riptide::core
