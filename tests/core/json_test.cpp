#include "core/json.h"

#include <gtest/gtest.h>

#include <string>

namespace riptide::core {
namespace {

std::string member(const Json& json, std::string_view key) {
    for (JsonId id = 0; id < json.size(); ++id) {
        if (json.key(id) == key) return std::string(json.text(id));
    }
    return "(none)";
}

TEST(Json, lays_values_out_in_document_order) {
    const Json json = Json::parse(R"({"a": [1, {"b": "x"}], "c": true})");
    ASSERT_EQ(json.size(), 6U);
    EXPECT_EQ(json[0].kind, JsonKind::kObject);
    EXPECT_EQ(json[0].end, 6U);
    EXPECT_EQ(json.key(1), "a");
    EXPECT_EQ(json[1].kind, JsonKind::kArray);
    EXPECT_EQ(json[1].end, 5U);
    EXPECT_EQ(json.text(2), "1");
    EXPECT_EQ(json[4].parent, 3U);
    EXPECT_EQ(json.text(4), "x");
    EXPECT_EQ(json.key(5), "c");
    EXPECT_EQ(json[5].kind, JsonKind::kBoolean);
}

TEST(Json, decodes_escapes_and_surrogate_pairs) {
    const Json json = Json::parse(R"({"s": "a\"\\\/\u00e9\ud83d\ude00\n"})");
    EXPECT_EQ(member(json, "s"), "a\"\\/é😀\n");
}

TEST(Json, makes_lone_surrogates_replacement_characters) {
    EXPECT_EQ(member(Json::parse(R"({"s": "\ud83dx\ude00"})"), "s"), "\uFFFDx\uFFFD");
}

TEST(Json, takes_trailing_and_missing_commas) {
    const Json json = Json::parse("{\"a\": [1, 2,], \"b\": \"x\"\n \"c\": \"y\",}");
    EXPECT_EQ(member(json, "b"), "x");
    EXPECT_EQ(member(json, "c"), "y");
}

TEST(Json, takes_comment_and_cdata_wrappers) {
    EXPECT_EQ(member(Json::parse("<!--\n{\"a\": \"x\"}\n-->"), "a"), "x");
    EXPECT_EQ(member(Json::parse("//<![CDATA[\n{\"a\": \"x\"}\n//]]>"), "a"), "x");
    EXPECT_EQ(member(Json::parse("/* c */ {\"a\": /* c */ \"x\"}"), "a"), "x");
}

TEST(Json, makes_control_characters_in_strings_spaces) {
    EXPECT_EQ(member(Json::parse("{\"a\": \"x\ny\tz\"}"), "a"), "x y z");
}

TEST(Json, keeps_quotes_that_nobody_escaped) {
    const Json json = Json::parse(R"({"a": "the "best" day", "b": "y"})");
    EXPECT_EQ(member(json, "a"), "the \"best\" day");
    EXPECT_EQ(member(json, "b"), "y");
}

TEST(Json, keeps_what_came_before_an_early_end) {
    const Json json = Json::parse(R"({"a": "x", "b": {"c": "un)");
    EXPECT_EQ(member(json, "a"), "x");
    EXPECT_EQ(member(json, "c"), "un");
    EXPECT_EQ(json[0].end, json.size());
}

TEST(Json, reads_several_values_at_the_top) {
    const Json json = Json::parse(R"({"a": 1} {"b": 2})");
    ASSERT_EQ(json.size(), 4U);
    EXPECT_EQ(json[0].end, 2U);
    EXPECT_EQ(json[2].parent, kNoJson);
}

TEST(Json, drops_what_is_nested_too_deep_and_reads_on) {
    std::string text = "{\"deep\": ";
    for (int i = 0; i < 100'000; ++i) text += '[';
    text += "\"inside\"";
    for (int i = 0; i < 100'000; ++i) text += ']';
    text += ", \"after\": \"x\"}";
    const Json json = Json::parse(text);
    EXPECT_LE(json.size(), Json::kMaxDepth + 1);
    EXPECT_EQ(member(json, "after"), "x");
}

TEST(Json, survives_what_is_no_json) {
    for (const std::string_view text : {"", "]", "}}}", "\"", "\\", "{\"a\":", "{\"\\u12", "<",
                                        "nul", "{:::,,,}", "\xEF\xBB\xBF", "{\"a\"}"}) {
        const Json json = Json::parse(text);
        for (JsonId id = 0; id < json.size(); ++id) EXPECT_LE(json[id].end, json.size());
    }
}

}  // namespace
}  // namespace riptide::core
