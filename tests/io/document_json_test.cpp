#include "io/document_json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace riptide::io {
namespace {

TEST(DocumentJson, an_unknown_text_is_null_and_every_field_is_there) {
    Document document;
    document.status = Status::kEmpty;
    EXPECT_EQ(boost::json::serialize(to_json(document)),
              R"({"status":"empty","url":null,"canonical_url":null,"title":null,"byline":null,)"
              R"("published":null,"modified":null,"language":null,"dir":null,"site_name":null,)"
              R"("description":null,"text":null,"markdown":null,"html":null,"links":[],"media":[],)"
              R"("categories":[],"tags":[],"word_count":0,"reading_time_minutes":0,)"
              R"("quality_score":0,"page_type":"other","truncated":[],"engine":"native",)"
              R"("fallback_reason":null,"encoding":null})");
}

TEST(DocumentJson, carries_what_the_document_says) {
    Document document;
    document.title = "\"Quotes\" & \u6C34";
    document.links = {{"https://a.example/", "A", ""}};
    document.media = {{"https://a.example/i.png", MediaKind::kImage, "alt"}};
    document.categories = {"one"};
    document.tags = {"x", "y"};
    document.word_count = 4'000'000'000;
    document.page_type = PageType::kArticle;
    document.truncated = {Truncation::kDepth, Truncation::kOutput};
    document.engine = Engine::kWasm;
    const boost::json::object result = to_json(document);
    EXPECT_EQ(result.at("title"), boost::json::value("\"Quotes\" & \u6C34"));
    EXPECT_EQ(boost::json::serialize(result.at("links")),
              R"([{"url":"https://a.example/","text":"A","rel":null}])");
    EXPECT_EQ(boost::json::serialize(result.at("media")),
              R"([{"url":"https://a.example/i.png","kind":"image","alt":"alt"}])");
    EXPECT_EQ(boost::json::serialize(result.at("categories")), R"(["one"])");
    EXPECT_EQ(boost::json::serialize(result.at("tags")), R"(["x","y"])");
    EXPECT_EQ(boost::json::serialize(result.at("word_count")), "4000000000");
    EXPECT_EQ(result.at("page_type"), boost::json::value("article"));
    EXPECT_EQ(boost::json::serialize(result.at("truncated")), R"(["depth","output"])");
    EXPECT_EQ(result.at("engine"), boost::json::value("wasm"));
    EXPECT_EQ(result.at("status"), boost::json::value("ok"));
}

TEST(DocumentJson, an_error_does_not_look_like_a_document) {
    const auto result = to_json(Error{ErrorClass::kTooLarge, "too large"});
    EXPECT_EQ(boost::json::serialize(result),
              R"({"status":"error","error":{"class":"too-large","detail":"too large"}})");
}

TEST(DocumentJson, one_list_entry_stays_a_list) {
    Document document;
    document.links = {{"https://a.example/", "A", "nofollow"}};
    document.tags = {"only"};
    const boost::json::object result = to_json(document);
    EXPECT_TRUE(result.at("links").is_array());
    EXPECT_TRUE(result.at("links").as_array().at(0).is_object());
    EXPECT_TRUE(result.at("tags").is_array());
    EXPECT_TRUE(result.at("tags").as_array().at(0).is_string());
}

}  // namespace
}  // namespace riptide::io
