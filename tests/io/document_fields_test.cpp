#include "io/document_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/document_json.h"

#include <boost/json/parse.hpp>

namespace riptide::io {
namespace {

Document sample() {
    Document document;
    document.title = "a \"quote\", a \\, a\ttab, \x01 and \u00e9\U0001F600\n";
    document.text = "text";
    document.links = {{"https://a.example/", "a", ""}, {"https://b.example/", "", "nofollow"}};
    document.media = {{"https://a.example/x.png", MediaKind::kImage, "x"}};
    document.tags = {"one", "two"};
    document.word_count = 7;
    document.truncated = {Truncation::kDepth, Truncation::kNodes};
    return document;
}

boost::json::object written(DocumentFields fields) {
    std::string line = "{";
    append_fields(sample(), fields, line);
    return boost::json::parse(line + "}").as_object();
}

TEST(DocumentFields, the_usual_ones_are_what_the_other_writer_has) {
    const boost::json::object fields = written(DocumentFields::usual());
    EXPECT_EQ(fields, to_json(sample()));
    const boost::json::object other = to_json(sample());
    std::vector<std::string_view> names;
    for (const auto& pair : other) names.push_back(pair.key());
    std::vector<std::string_view> known = document_field_names();
    std::erase(known, "tei");
    EXPECT_EQ(known, names);
}

TEST(DocumentFields, every_byte_is_escaped_or_kept_wherever_it_stands_in_a_text) {
    boost::json::parse_options any_bytes;
    any_bytes.allow_invalid_utf8 = true;
    for (int byte = 0; byte < 256; ++byte) {
        for (std::size_t at = 0; at < 24; ++at) {
            std::string text(24, 'a');
            text[at] = static_cast<char>(byte);
            std::string json;
            append_json(text, json);
            EXPECT_EQ(boost::json::parse(json, {}, any_bytes).as_string(), text);
        }
    }
}

TEST(DocumentFields, a_rendering_is_had_without_the_others) {
    const auto fields = DocumentFields::with(Outputs::kText);
    const boost::json::object object = written(fields);
    EXPECT_TRUE(object.contains("text"));
    EXPECT_TRUE(object.contains("title"));
    EXPECT_FALSE(object.contains("markdown") || object.contains("html") ||
                 object.contains("links"));
    EXPECT_EQ(fields.outputs(), Outputs(Outputs::kText));
}

TEST(DocumentFields, named_ones_come_with_the_status) {
    const auto fields = DocumentFields::named("title,links");
    ASSERT_TRUE(fields);
    EXPECT_EQ(written(*fields).size(), 3U);
    EXPECT_EQ(fields->outputs(), Outputs(Outputs::kLinks));
    EXPECT_EQ(DocumentFields::named("title")->outputs(), Outputs::none());
}

TEST(DocumentFields, a_name_that_is_none_is_refused_with_those_that_are) {
    for (const char* names : {"titel", "", "title,", "title, text"}) {
        const auto fields = DocumentFields::named(names);
        ASSERT_FALSE(fields) << names;
        EXPECT_THAT(fields.error().detail, testing::HasSubstr("these are status,url,"));
    }
}

}  // namespace
}  // namespace riptide::io
