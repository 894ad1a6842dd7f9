#include "core/explain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/utf8.h"
#include "core/extract.h"
#include "core/limits.h"

namespace riptide::core {
namespace {

const std::string kParagraph =
    "<p>The river rose overnight, and by the morning the lower streets, the market and the old "
    "bridge were under water, as they had been, said the mayor, forty years before.</p>";

std::string repeat(const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
}

const std::string kPage =
    "<html lang=en><head><title>The flood - Courier</title>"
    "<meta name=author content='Ann Lee'><meta property=og:site_name content=Courier>"
    "<script type=application/ld+json>{\"@type\": \"NewsArticle\", \"headline\": \"The flood\","
    "\"datePublished\": \"2024-05-17\", \"articleBody\": \"The river rose overnight.\"}</script>"
    "</head><body><nav id=top><ul class='menu main'><li><a href=/>Home</a><li><a href=/x>Sport</a>"
    "</ul></nav><article class=story><h1>The flood</h1>" +
    repeat(kParagraph, 4) +
    "</article><footer><p><a href=/legal>Legal notice and terms</a></p></footer></body></html>";

Document extract_with(std::string_view html, ExtractionMode mode = ExtractionMode::kArticle,
                      std::vector<std::string> selectors = {}) {
    ExtractOptions options;
    options.url = "https://courier.example/flood";
    options.mode = mode;
    options.selectors = std::move(selectors);
    options.outputs = Outputs(Outputs::kText) | Outputs::kExplanation;
    Result<Document> document = extract(html, options);
    EXPECT_TRUE(document && document->explanation);
    return document.value();
}

const ExplainedBlock& block(const Explanation& explanation, std::string_view text) {
    for (const ExplainedBlock& block : explanation.blocks) {
        if (block.text.starts_with(text)) return block;
    }
    ADD_FAILURE() << "no block begins with " << text;
    return explanation.blocks.front();
}

TEST(Explain, tells_of_each_block_why_it_was_kept_or_left_out) {
    const Explanation explanation = *extract_with(kPage).explanation;
    const ExplainedBlock& kept = block(explanation, "The river");
    EXPECT_EQ(kept.path, "html > body > article.story > p");
    EXPECT_EQ(kept.reason, Reason::kLikely);
    EXPECT_GE(kept.score, explanation.threshold);
    EXPECT_EQ(kept.article_ruling, Ruling::kKept);
    const ExplainedBlock& dropped = block(explanation, "Home");
    EXPECT_EQ(dropped.path, "html > body > nav#top > ul.menu > li");
    EXPECT_EQ(dropped.reason, Reason::kUnlikely);
    EXPECT_LT(dropped.score, explanation.threshold);
    EXPECT_NE(dropped.whole_ruling, Ruling::kKept);
    for (const ExplainedBlock& each : explanation.blocks) {
        EXPECT_EQ(each.signals.size(), 5U);
        EXPECT_LE(each.score, kMaxBlockScore);
    }
    EXPECT_GT(kept.signals.front().weight, 0);
    EXPECT_TRUE(std::ranges::any_of(dropped.signals,
                                    [](const BlockSignal& signal) { return signal.weight < 0; }));
}

TEST(Explain, tells_what_the_document_has) {
    const Document document = extract_with(kPage);
    for (const ExplainedBlock& block : document.explanation->blocks) {
        const std::string start = block.text.substr(0, 20);
        EXPECT_EQ(document.text.find(start) != std::string::npos, is_kept(block.reason)) << start;
    }
}

TEST(Explain, tells_what_the_page_is_and_how_the_rules_went) {
    const Document document = extract_with(kPage);
    const Explanation& explanation = *document.explanation;
    ASSERT_EQ(explanation.type_votes.size(), 6U);
    const auto best = std::ranges::max_element(explanation.type_votes, {}, &TypeVote::weight);
    EXPECT_EQ(best->page_type, document.page_type);
    EXPECT_EQ(explanation.attempts.size(), 1U);
    EXPECT_GT(explanation.attempts.front(), 500U);
    EXPECT_TRUE(explanation.prefers_article);
    EXPECT_TRUE(explanation.declares_article);
    EXPECT_EQ(explanation.article_body_bytes, 25U);
    const Explanation little = *extract_with("<body><p>Little to read here.</body>").explanation;
    EXPECT_EQ(little.attempts.size(), 1U);
    EXPECT_FALSE(little.declares_article);
}

TEST(Explain, tells_where_the_metadata_came_from) {
    const Explanation explanation = *extract_with(kPage).explanation;
    const std::vector<FieldOrigin> wanted = {
        {MetadataField::kTitle, Origin::kHeading},    {MetadataField::kByline, Origin::kMeta},
        {MetadataField::kPublished, Origin::kJsonLd}, {MetadataField::kLanguage, Origin::kMarkup},
        {MetadataField::kSiteName, Origin::kMeta},    {MetadataField::kDescription, Origin::kText}};
    EXPECT_EQ(explanation.origins, wanted);
}

TEST(Explain, tells_what_is_too_little_to_read) {
    const Document document =
        extract_with("<body><form><input type=password><div>Sign in</div></form></body>");
    EXPECT_EQ(document.status, Status::kEmpty);
    EXPECT_FALSE(document.explanation->blocks.empty());
    for (const ExplainedBlock& block : document.explanation->blocks) {
        EXPECT_FALSE(is_kept(block.reason));
    }
}

TEST(Explain, in_other_modes_tells_what_the_mode_takes) {
    const Explanation full = *extract_with(kPage, ExtractionMode::kFull).explanation;
    EXPECT_EQ(block(full, "Home").reason, Reason::kSelected);
    EXPECT_EQ(full.threshold, 0U);
    EXPECT_TRUE(full.attempts.empty() && full.type_votes.empty());
    const Explanation some =
        *extract_with(kPage, ExtractionMode::kCustom, {"footer", "nav"}).explanation;
    EXPECT_EQ(block(some, "Home").reason, Reason::kSelected);
    EXPECT_EQ(block(some, "Legal").reason, Reason::kSelected);
    EXPECT_EQ(block(some, "The river").reason, Reason::kNotSelected);
    EXPECT_TRUE(block(some, "Home").signals.empty());
    const Explanation none = *extract_with(kPage, ExtractionMode::kMetadata).explanation;
    EXPECT_EQ(block(none, "The river").reason, Reason::kNotSelected);
    EXPECT_FALSE(none.origins.empty());
}

TEST(Explain, bounds_texts_and_paths_and_cuts_them_between_characters) {
    std::string page = "<body>";
    for (int i = 0; i < 30; ++i) page += "<div class='" + std::string(50, 'c') + "\u00e9'>";
    page += "<p id='" + repeat("\u20ac", 40) + " x'>" + repeat("\u20ac", 200);
    const Explanation explanation = *extract_with(page).explanation;
    ASSERT_EQ(explanation.blocks.size(), 1U);
    const ExplainedBlock& only = explanation.blocks.front();
    EXPECT_EQ(only.text, repeat("\u20ac", 40));
    EXPECT_LE(only.path.size(), kMaxExcerptBytes);
    EXPECT_TRUE(only.path.ends_with(" > p#" + repeat("\u20ac", 10))) << only.path;
    EXPECT_EQ(first_invalid_utf8(only.path), only.path.size());
}

TEST(Explain, cuts_the_list_of_blocks_and_says_so) {
    const Document document = extract_with(repeat("<p>x", 10'100), ExtractionMode::kFull);
    EXPECT_EQ(document.explanation->blocks.size(), kMaxListEntries);
    EXPECT_EQ(document.truncated, std::vector{Truncation::kOutput});
}

TEST(Explain, a_page_without_a_body_has_no_blocks) {
    EXPECT_TRUE(extract_with("<frameset><frame></frameset>").explanation->blocks.empty());
}

}  // namespace
}  // namespace riptide::core
