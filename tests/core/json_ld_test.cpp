#include "core/json_ld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riptide::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

JsonLd read(std::string_view block, std::string_view title = {}) {
    return read_json_ld({block}, title);
}

TEST(JsonLd, reads_an_article) {
    const JsonLd found = read(R"({"@context": "https://schema.org", "@type": "NewsArticle",
        "headline": "Tides", "author": {"@type": "Person", "name": "Ann Lee"},
        "datePublished": "2024-05-17T10:00:00Z", "dateModified": "2024-05-18",
        "publisher": {"@type": "Organization", "name": "Harbour Post"},
        "articleSection": ["Sea", "News"], "keywords": "tides, moon", "inLanguage": "en-GB",
        "description": "How tides work.", "mainEntityOfPage": {"@id": "https://h.example/tides"},
        "articleBody": "Twice a day."})");
    EXPECT_TRUE(found.is_article);
    EXPECT_EQ(found.headline, "Tides");
    EXPECT_THAT(found.authors, ElementsAre("Ann Lee"));
    EXPECT_EQ(found.published, "2024-05-17T10:00:00Z");
    EXPECT_EQ(found.modified, "2024-05-18");
    EXPECT_EQ(found.publisher, "Harbour Post");
    EXPECT_THAT(found.sections, ElementsAre("Sea", "News"));
    EXPECT_THAT(found.keywords, ElementsAre("tides", "moon"));
    EXPECT_EQ(found.language, "en-GB");
    EXPECT_EQ(found.description, "How tides work.");
    EXPECT_EQ(found.url, "https://h.example/tides");
    EXPECT_EQ(found.article_body, "Twice a day.");
}

TEST(JsonLd, takes_authors_in_every_form) {
    EXPECT_THAT(read(R"({"@type":"Article","author":"Ann Lee"})").authors, ElementsAre("Ann Lee"));
    EXPECT_THAT(read(R"({"@type":"Article","author":["Ann",{"name":"Bo"}]})").authors,
                ElementsAre("Ann", "Bo"));
    EXPECT_THAT(read(R"({"@type":"Article","author":{"name":["Ann","Bo"]}})").authors,
                ElementsAre("Ann", "Bo"));
}

TEST(JsonLd, makes_names_of_their_parts) {
    EXPECT_THAT(
        read(R"({"@type":"Article","author":{"givenName":"Ann","familyName":"Lee"}})").authors,
        ElementsAre("Ann Lee"));
    EXPECT_THAT(read(R"({"@type":"Article","author":["Bo",{"name":"","familyName":"Lee"},
                         {"@type":"Person"},{"name":"Cy Or","givenName":"C."}, 7, null]})")
                    .authors,
                ElementsAre("Bo", "Lee", "Cy Or", "7"));
    EXPECT_THAT(read(R"({"@graph":[{"@type":"Article","author":{"@id":"#a"}},
                         {"@id":"#a","givenName":"Ann","familyName":"Lee"}]})")
                    .authors,
                ElementsAre("Ann Lee"));
}

TEST(JsonLd, takes_the_first_of_several_texts) {
    for (const char* date : {R"(["2024-05-17","2024-05-18"])", R"([null,"2024-05-17"])",
                             R"({"@type":"Date","@value":"2024-05-17"})"}) {
        EXPECT_EQ(
            read(R"({"@type":"Article","datePublished":)" + std::string(date) + "}").published,
            "2024-05-17")
            << date;
    }
    const JsonLd found = read(R"({"@type":"Article","headline":["Tides","Ebb"],"dateModified":[],
        "inLanguage":["en","de"],"description":["How","Why"],"keywords":["a, b","c"],
        "publisher":[{"name":["Harbour Post","Port"]}]})");
    EXPECT_EQ(found.headline, "Tides");
    EXPECT_EQ(found.modified, "");
    EXPECT_EQ(found.language, "en");
    EXPECT_EQ(found.description, "How");
    EXPECT_THAT(found.keywords, ElementsAre("a, b", "c"));
    EXPECT_EQ(found.publisher, "Harbour Post");
}

TEST(JsonLd, reads_a_video_that_is_the_page_and_none_that_is_a_part_of_it) {
    const JsonLd alone = read(R"({"@graph":[{"@type":"WebPage","name":"Page"},
        {"@type":"VideoObject","author":{"name":"Ann"},"datePublished":"2024-05-17"}]})");
    EXPECT_THAT(alone.authors, ElementsAre("Ann"));
    EXPECT_EQ(alone.published, "2024-05-17");
    const JsonLd part = read(R"({"@graph":[
        {"@type":"VideoObject","name":"Clip","author":{"name":"Bo"},"datePublished":"2001-01-01"},
        {"@type":"Article","headline":"Tides"},
        {"@type":"WebPage","datePublished":"2024-05-17"}]})");
    EXPECT_THAT(part.authors, IsEmpty());
    EXPECT_EQ(part.published, "2024-05-17");
}

TEST(JsonLd, follows_references_into_other_blocks) {
    EXPECT_THAT(read_json_ld({R"({"@type":"Article","author":{"@id":"#ann"}})",
                              R"({"@type":"Person","@id":"#ann","name":"Ann Lee"})"},
                             {})
                    .authors,
                ElementsAre("Ann Lee"));
}

TEST(JsonLd, follows_references_in_a_graph) {
    const JsonLd found = read(R"({"@graph": [
        {"@type": "WebSite", "name": "Harbour Post"},
        {"@type": "WebPage", "name": "Page", "datePublished": "2024-01-01"},
        {"@type": ["Article", "BlogPosting"], "headline": "Tides", "author": {"@id": "#ann"}},
        {"@type": "Person", "@id": "#ann", "name": "Ann Lee"}]})");
    EXPECT_EQ(found.headline, "Tides");
    EXPECT_THAT(found.authors, ElementsAre("Ann Lee"));
    EXPECT_EQ(found.site, "Harbour Post");
    EXPECT_EQ(found.published, "2024-01-01");
}

TEST(JsonLd, prefers_the_article_that_the_title_names) {
    EXPECT_EQ(read(R"([{"@type":"Article","headline":"Other","author":"X"},
                       {"@type":"Article","headline":"Tides","author":"Ann"}])",
                   "Tides - Harbour Post")
                  .authors,
              std::vector<std::string>{"Ann"});
}

TEST(JsonLd, leaves_related_and_commenting_objects_out) {
    const JsonLd found = read(R"({"@type": "WebPage", "name": "Front",
        "hasPart": [{"@type": "Article", "headline": "Else", "author": "Else"}],
        "comment": {"@type": "Comment", "author": "Troll"}})");
    EXPECT_EQ(found.headline, "");
    EXPECT_THAT(found.authors, IsEmpty());
    EXPECT_FALSE(found.is_article);
}

TEST(JsonLd, does_not_mix_two_articles) {
    const JsonLd found = read(R"([{"@type":"Article","headline":"One"},
                                  {"@type":"Article","headline":"Two","author":"Ann"}])");
    EXPECT_EQ(found.headline, "One");
    EXPECT_THAT(found.authors, IsEmpty());
}

TEST(JsonLd, reads_breadcrumbs) {
    EXPECT_THAT(read(R"({"@type": "BreadcrumbList", "itemListElement": [
        {"@type": "ListItem", "position": 1, "name": "Home"},
        {"@type": "ListItem", "position": 2, "item": {"@id": "/sea", "name": "Sea"}}]})")
                    .breadcrumbs,
                ElementsAre("Home", "Sea"));
}

TEST(JsonLd, reads_many_objects_that_refer_to_each_other_in_linear_time) {
    std::string block = R"({"@type": "Article", "author": [)";
    for (int i = 0; i < 20'000; ++i) block += R"({"@id": "#a"},)";
    block += R"(]}, {"@id": "#a", "x": 1)";
    for (int i = 0; i < 20'000; ++i) block += R"(, "@id": "#a")";
    block += "}";
    EXPECT_THAT(read(block).authors, IsEmpty());
}

}  // namespace
}  // namespace riptide::core
