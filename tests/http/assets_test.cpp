#include "http/assets.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <set>
#include <string>

namespace riptide::http {
namespace {

TEST(Assets, finds_the_pages_and_nothing_else) {
    ASSERT_NE(find_asset("/"), nullptr);
    EXPECT_EQ(find_asset("/")->content_type, "text/html; charset=utf-8");
    ASSERT_NE(find_asset("/admin/pool/health"), nullptr);
    EXPECT_TRUE(find_asset("/admin/pool/health")->body.starts_with("<!doctype html>"));
    ASSERT_NE(find_asset("/openapi.json"), nullptr);
    EXPECT_EQ(find_asset("/openapi.json")->content_type, "application/json");
    for (const char* path :
         {"", "/assets/", "/assets/../dashboard.html", "/dashboard.html", "//"}) {
        EXPECT_EQ(find_asset(path), nullptr) << path;
    }
}

TEST(Assets, entity_tags_are_quoted_and_differ) {
    std::set<std::string_view> tags;
    for (const Asset& asset : assets()) {
        EXPECT_TRUE(asset.etag.starts_with('"') && asset.etag.ends_with('"')) << asset.path;
        EXPECT_TRUE(tags.insert(asset.etag).second) << asset.path;
        EXPECT_EQ(find_asset(asset.path), &asset);
    }
}

TEST(Assets, what_a_page_refers_to_is_there) {
    for (const char* page : {"/", "/admin/pool/health"}) {
        const std::string_view body = find_asset(page)->body;
        std::size_t references = 0;
        for (std::size_t at = body.find("\"/assets/"); at != std::string_view::npos;
             at = body.find("\"/assets/", at + 1)) {
            const std::string_view path = body.substr(at + 1, body.find('"', at + 1) - at - 1);
            EXPECT_NE(find_asset(path), nullptr) << path;
            ++references;
        }
        EXPECT_GE(references, 2U) << page;
    }
}

TEST(Assets, are_together_less_than_100_kilobytes) {
    std::size_t bytes = 0;
    for (const Asset& asset : assets()) {
        if (asset.path != "/openapi.json") bytes += asset.body.size();
    }
    EXPECT_LT(bytes, 100'000U);
}

}  // namespace
}  // namespace riptide::http
