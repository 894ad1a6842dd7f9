#include "pool/document_wire.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "base/utf8.h"

namespace riptide {
namespace {

Document full_document() {
    Document document;
    document.status = Status::kEmpty;
    document.url = "http://a.example/1";
    document.canonical_url = "http://a.example/";
    document.title = "Title";
    document.byline = "Ann, Bea";
    document.published = "2024-01-02";
    document.modified = "2024-01-03T04:05:06Z";
    document.language = "de-AT";
    document.dir = "ltr";
    document.site_name = "Site";
    document.description = "What it is about";
    document.text = "Grüße";
    document.markdown = "**Grüße**";
    document.html = "<b>Gr\u00fc\u00dfe</b>";
    document.links = {{"http://a.example/2", "two", "nofollow"}, {"/3", "", ""}};
    document.media = {{"http://a.example/v", MediaKind::kVideo, "a video"}};
    document.categories = {"one"};
    document.tags = {"x", "", "z"};
    document.word_count = 123'456'789;
    document.reading_time_minutes = 7;
    document.quality_score = 100;
    document.page_type = PageType::kForum;
    document.truncated = {Truncation::kDepth, Truncation::kOutput};
    document.tei = "<TEI>Grüße</TEI>";
    Explanation& explanation = document.explanation.emplace();
    explanation.type_votes = {{PageType::kForum, -120}, {PageType::kArticle, 3}};
    explanation.threshold = 400;
    explanation.attempts = {120, 4000};
    explanation.prefers_article = true;
    explanation.article_body_bytes = 77;
    explanation.origins = {{MetadataField::kTitle, Origin::kHeading}};
    explanation.blocks.resize(2);
    explanation.blocks[0] = {"main > p",
                             "Grüße",
                             Reason::kLikely,
                             900,
                             Ruling::kKept,
                             Ruling::kCleaned,
                             {{"length", "120", 31}, {"links", "0", -4}}};
    return document;
}

/// The place of `needle` in what is sent.
std::string replaced(std::string bytes, std::string_view needle, std::string_view by) {
    return bytes.replace(bytes.find(needle), needle.size(), by);
}

TEST(DocumentWire, a_document_comes_back_as_it_was) {
    const auto result = decode_result(encode_result(full_document()));
    ASSERT_TRUE(result && *result);
    EXPECT_TRUE(**result == full_document());
}

TEST(DocumentWire, an_error_comes_back_as_it_was) {
    const auto result =
        decode_result(encode_result(fail(ErrorClass::kUnsupportedMode, "no such mode")));
    ASSERT_TRUE(result && !*result);
    EXPECT_EQ(result->error().error_class, ErrorClass::kUnsupportedMode);
    EXPECT_EQ(result->error().detail, "no such mode");
}

TEST(DocumentWire, options_come_back_as_they_were) {
    ExtractOptions options;
    options.url = "http://a.example/";
    options.mode = ExtractionMode::kCustom;
    options.selectors.assign(20'000, "p");
    options.outputs = Outputs(Outputs::kText) | Outputs::kMedia | Outputs::kExplanation;
    const auto decoded = decode_options(encode_options(options));
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->url, options.url);
    EXPECT_EQ(decoded->mode, options.mode);
    EXPECT_EQ(decoded->selectors, options.selectors);
    EXPECT_EQ(decoded->outputs, options.outputs);
}

TEST(DocumentWire, what_is_cut_short_is_refused) {
    const std::string bytes = encode_result(full_document());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(decode_result(std::string_view(bytes).substr(0, size))) << size;
    }
    EXPECT_FALSE(decode_result(bytes + '\0'));
}

// A wrong byte is refused, or makes another document that keeps every promise of the type.
TEST(DocumentWire, whatever_byte_is_wrong_a_document_keeps_its_promises) {
    const std::string bytes = encode_result(full_document());
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (const int flip : {0x01, 0x10, 0x80, 0xFF}) {
            std::string wrong = bytes;
            wrong[at] = static_cast<char>(wrong[at] ^ flip);
            const auto result = decode_result(wrong);
            if (!result || !*result) continue;
            const Document& document = **result;
            const std::string strings = document.title + document.text + document.html;
            EXPECT_EQ(first_invalid_utf8(strings), strings.size());
            EXPECT_LE(document.quality_score, 100U);
            EXPECT_LE(document.page_type, PageType::kOther);
            EXPECT_LE(document.status, Status::kEmpty);
            if (!document.explanation) continue;
            EXPECT_LE(document.explanation->threshold, kMaxBlockScore);
            for (const ExplainedBlock& block : document.explanation->blocks) {
                EXPECT_LE(block.reason, Reason::kNotSelected);
                EXPECT_LE(block.article_ruling, Ruling::kKept);
                EXPECT_LE(block.score, kMaxBlockScore);
            }
            for (const Media& media : document.media) EXPECT_LE(media.kind, MediaKind::kEmbed);
        }
    }
}

TEST(DocumentWire, text_that_is_not_utf8_is_refused) {
    const std::string bytes = encode_result(full_document());
    EXPECT_FALSE(decode_result(replaced(bytes, "Title", "Tit\xffl")));
    EXPECT_FALSE(decode_result(replaced(bytes, "Site", "Sit\xc3")));
}

TEST(DocumentWire, a_list_that_claims_more_than_the_core_makes_is_refused) {
    Document document;
    document.tags.resize(10'001);
    EXPECT_FALSE(decode_result(encode_result(document)));
    document.tags.resize(10'000);
    EXPECT_TRUE(decode_result(encode_result(document)));
}

TEST(DocumentWire, cuts_that_are_told_twice_or_out_of_order_are_refused) {
    Document document;
    document.truncated = {Truncation::kDepth, Truncation::kDepth};
    EXPECT_FALSE(decode_result(encode_result(document)));
    document.truncated = {Truncation::kOutput, Truncation::kDepth};
    EXPECT_FALSE(decode_result(encode_result(document)));
}

// A page that took its helper over must not be able to blame the engine.
TEST(DocumentWire, an_error_that_only_the_host_tells_is_refused) {
    for (const ErrorClass error_class :
         {ErrorClass::kEngineStart, ErrorClass::kHost, ErrorClass::kTrap, ErrorClass::kTimeout,
          ErrorClass::kOverloaded, ErrorClass::kCancelled, ErrorClass::kIo}) {
        EXPECT_FALSE(decode_result(encode_result(fail(error_class, ""))))
            << traits(error_class).name;
    }
}

}  // namespace
}  // namespace riptide
