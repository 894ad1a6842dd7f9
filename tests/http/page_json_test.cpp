#include "http/page_json.h"

#include <gtest/gtest.h>

#include <string>

namespace riptide::http {
namespace {

/// Given `step` bytes at a time.
Checked<OwnedRequest> parse(std::string_view json, std::size_t step = 1000,
                            PageId id = PageId::kUnknown) {
    PageJson page(id);
    for (std::size_t at = 0; at < json.size(); at += step) {
        if (Checked<void> added = page.add(json.substr(at, step)); !added) {
            return tl::unexpected(added.error());
        }
    }
    return page.finish();
}

TEST(PageJson, is_the_same_however_it_comes) {
    const std::string json = R"( {"html":"a\n\u00e9\ud83c\udf0a<\/p>", "url":"http://e.org/",)"
                             R"("selectors":["p","h1 > a"],"mode":"custom"} )";
    for (std::size_t step = 1; step < json.size(); ++step) {
        const Checked<OwnedRequest> request = parse(json, step);
        ASSERT_TRUE(request) << request.error().detail;
        EXPECT_EQ(request->bytes, "a\n\u00e9\U0001f30a</p>");
        EXPECT_EQ(request->encoding, "utf-8");
        EXPECT_EQ(request->options.url, "http://e.org/");
        EXPECT_EQ(request->options.mode, ExtractionMode::kCustom);
        EXPECT_EQ(request->options.selectors, (std::vector<std::string>{"p", "h1 > a"}));
    }
}

TEST(PageJson, names_the_member_that_is_wrong) {
    for (const auto& [json, name] : std::initializer_list<std::pair<const char*, const char*>>{
             {R"({"html":null})", "html"},
             {R"({"html":true})", "html"},
             {R"({"html":["a"]})", "html"},
             {R"({"html":"","url":1})", "url"},
             {R"({"html":"","url":["a"]})", "url"},
             {R"({"html":"","url":""})", "url"},
             {R"({"html":"","url":"a.example"})",
              "\"url\": \"a.example\" is not an absolute web address; one looks like https://"},
             {R"({"html":"","selectors":[["a"]]})", "selectors"},
             {R"({"html":"","mode":1.5})", "mode"},
             {R"({"html":"","html":""})", "html"},
             {R"({"html":"","Html":""})", "Html"},
             {R"({})", "html"},
             {R"({"html":"","id":1})", "id"},
             {R"({"html":"","mode":"custom"})", "custom"},
         }) {
        const Checked<OwnedRequest> request = parse(json);
        ASSERT_FALSE(request) << json;
        EXPECT_EQ(request.error().status, 422) << json;
        EXPECT_NE(request.error().detail.find(name), std::string::npos) << request.error().detail;
    }
}

TEST(PageJson, refuses_what_is_no_json) {
    for (const std::string json :
         {"", "{", "nul", R"({"html":"a")", R"({"html":"a"}})", R"({"html":"a"}{})",
          "{\"html\":\"\xff\"}", R"({"html":"\ud800"})", R"({"html":"a",})", "{html:1}"}) {
        for (const std::size_t step : {1, 1000}) {
            const Checked<OwnedRequest> request = parse(json, step);
            ASSERT_FALSE(request) << json;
            EXPECT_EQ(request.error().status, 400) << json;
        }
    }
}

TEST(PageJson, reads_the_id_of_a_page_that_was_dropped) {
    PageJson page(PageId::kAllowed);
    EXPECT_TRUE(page.add(R"({"html":"abc)"));
    page.drop_page();
    for (const char c : std::string(R"(def","url":"","id":"x"})")) {
        EXPECT_TRUE(page.add({&c, 1}));
    }
    EXPECT_FALSE(page.finish());
    EXPECT_EQ(page.id(), R"("x")");
}

TEST(PageJson, gives_an_id_back_as_it_was) {
    for (const std::string id : {R"("a\"b")", "7", "-7", "18446744073709551615"}) {
        PageJson page(PageId::kAllowed);
        ASSERT_TRUE(page.add(R"({"id":)" + id + R"(,"html":""})"));
        ASSERT_TRUE(page.finish());
        EXPECT_EQ(page.id(), id);
    }
    for (
        const std::string json :
        {R"({"html":1,"id":"x"})", R"({"id":"x","html":1})", R"({"html":{"id":"y"},"id":"x"})",
         R"({"html":"","url":[["id"],{"id":"y"}],"id":"x","html":""})", R"({"x":null,"id":"x"})",
         R"({"x":1,"id":"x","url":"y","html":"z"})",
         R"({"html":"","mode":"none","url":1,"id":"x"})", R"({"html":"","id":"x","id":"y"})",
         R"({"html":"","selectors":[1,"id","y"],"id":"x"})", R"({"id":"x"})",
         R"({"mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm":0,"id":"x"})"}) {
        for (const std::size_t step : {1, 1000}) {
            PageJson page(PageId::kAllowed);
            for (std::size_t at = 0; at < json.size(); at += step) {
                EXPECT_TRUE(page.add(json.substr(at, step))) << json;
            }
            EXPECT_EQ(page.finish().error().status, 422) << json;
            EXPECT_EQ(page.id(), R"("x")") << json;
        }
    }
    EXPECT_FALSE(parse(R"({"id":1.5,"html":""})", 1000, PageId::kAllowed));
    EXPECT_FALSE(parse(R"({"id":{},"html":""})", 1000, PageId::kAllowed));
    EXPECT_EQ(PageJson(PageId::kAllowed).id(), "null");
}

}  // namespace
}  // namespace riptide::http
