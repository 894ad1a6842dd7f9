#include "io/request_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riptide::io {
namespace {

using testing::HasSubstr;

Result<PageRequest> read(std::string_view json) { return parse_page_request(json, {}); }

TEST(RequestJson, reads_every_member) {
    const auto page = read(
        R"({"id": "a", "html": "<p>\u00e9", "url": "https://a.example/", "selectors": ["p", "b"],
            "mode": "custom", "content_type": "text/html", "encoding": "utf-8"})");
    ASSERT_TRUE(page) << page.error().detail;
    EXPECT_EQ(page->id, "a");
    EXPECT_EQ(page->request.bytes, "<p>\u00e9");
    EXPECT_EQ(page->request.options.url, "https://a.example/");
    EXPECT_EQ(page->request.options.mode, ExtractionMode::kCustom);
    EXPECT_EQ(page->request.options.selectors, (std::vector<std::string>{"p", "b"}));
    EXPECT_EQ(page->request.content_type, "text/html");
    EXPECT_EQ(page->request.encoding, "utf-8");
}

TEST(RequestJson, selectors_imply_the_custom_mode_and_null_is_left_out) {
    const auto page = read(R"({"html": "x", "mode": null, "selectors": ["p"], "url": null})");
    ASSERT_TRUE(page);
    EXPECT_EQ(page->request.options.mode, ExtractionMode::kCustom);
    EXPECT_TRUE(page->request.options.url.empty());
}

TEST(RequestJson, takes_what_is_left_out_from_the_defaults) {
    ExtractOptions defaults;
    defaults.mode = ExtractionMode::kFull;
    defaults.outputs = Outputs::kText;
    const auto page = parse_page_request(R"({"html": ""})", defaults);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->request.options.mode, ExtractionMode::kFull);
    EXPECT_EQ(page->request.options.outputs, Outputs(Outputs::kText));
}

TEST(RequestJson, an_id_may_be_a_whole_number) {
    EXPECT_EQ(read(R"({"id": 7, "html": ""})")->id, 7);
    EXPECT_EQ(read(R"({"html": ""})")->id, nullptr);
}

TEST(RequestJson, the_id_of_a_refused_request_is_still_known) {
    EXPECT_EQ(request_id(R"({"id": "a"})"), "a");
    EXPECT_EQ(request_id(R"({"id": 1.5})"), nullptr);
    EXPECT_EQ(request_id(R"({"id": "a")"), nullptr);
}

TEST(RequestJson, ignores_members_that_mean_nothing_here) {
    EXPECT_EQ(read(R"({"path": "a.html", "crawl": {"depth": 2}})")->path, "a.html");
}

TEST(RequestJson, an_error_names_the_member_its_type_and_what_is_right) {
    const auto detail = [](std::string_view json) {
        const auto page = read(json);
        return page ? std::string("accepted") : page.error().detail;
    };
    EXPECT_EQ(detail(R"({"html": 7})"), "\"html\" is a whole number; it takes a text");
    EXPECT_EQ(detail(R"({"html": "", "id": 1.5})"),
              "\"id\" is a fraction; it takes a text or a whole number");
    EXPECT_EQ(detail(R"({"html": "", "url": ["a"]})"), "\"url\" is an array; it takes a text");
    for (const char* url :
         {"", "a.example/b", "/b", "ftp://a.example/", "https:///", "http://a b/"}) {
        EXPECT_EQ(detail(R"({"html": "", "url": ")" + std::string(url) + "\"}"),
                  "\"url\" is not an absolute web address; one looks like "
                  "https://example.com/page");
    }
    EXPECT_EQ(detail(R"({"html": "", "selectors": ["p", 1]})"),
              "\"selectors\" is a whole number; it takes an array of CSS selectors");
    EXPECT_THAT(detail(R"({"html": "", "mode": "fast"})"), HasSubstr("\"article\", \"full\""));
    EXPECT_THAT(detail(R"({"html": "", "mode": "custom"})"), HasSubstr("needs \"selectors\""));
    EXPECT_THAT(detail(R"({"html": "", "mode": "full", "selectors": ["p"]})"),
                HasSubstr("contradict"));
    EXPECT_THAT(detail(R"({"html": "", "path": "a"})"), HasSubstr("both \"html\" and \"path\""));
    EXPECT_THAT(detail("{}"), HasSubstr("neither"));
    EXPECT_THAT(detail(R"({"path": ""})"), HasSubstr("empty text"));
    EXPECT_EQ(detail("[]"), "the request is an array; it takes an object");
    EXPECT_THAT(detail(R"({"html": "a)"), HasSubstr("not a JSON object: "));
    EXPECT_THAT(detail(R"({"html": ""} {})"), HasSubstr("at byte 13"));
    EXPECT_EQ(detail("{\"html\": \"\xff\"}"), "not UTF-8 at byte 10");
}

}  // namespace
}  // namespace riptide::io
