#include "http/problem.h"

#include <gtest/gtest.h>

#include "http/access.h"
#include "http/request_id.h"

#include <boost/json/parse.hpp>

namespace riptide::http {
namespace {

boost::json::object body(const Response& response) {
    return boost::json::parse(response.body).as_object();
}

TEST(Problem, follows_the_table_of_errors) {
    for (std::size_t i = 0; i < kErrorClasses; ++i) {
        const auto error_class = static_cast<ErrorClass>(i);
        const Response response = problem(Error{error_class, "it is so"}, "id-1");
        EXPECT_EQ(response.status, traits(error_class).http_status);
        EXPECT_FALSE(reason_phrase(response.status).empty());
        EXPECT_EQ(response.content_type, "application/problem+json");
        EXPECT_EQ(body(response).at("class").as_string(), traits(error_class).name);
        EXPECT_EQ(body(response).at("status").to_number<int>(), response.status);
        EXPECT_EQ(body(response).at("detail").as_string(), "it is so");
        EXPECT_EQ(body(response).at("request_id").as_string(), "id-1");
        EXPECT_EQ(response.value("Retry-After"), traits(error_class).retryable ? "1" : "");
    }
}

TEST(Problem, of_a_refusal_tells_whether_to_come_again) {
    for (const std::uint16_t status :
         std::initializer_list<std::uint16_t>{400, 413, 429, 500, 503}) {
        const bool may_pass = status == 429 || status == 503;
        EXPECT_EQ(problem(Refusal{status, ""}, "").value("Retry-After"), may_pass ? "1" : "");
    }
}

TEST(Problem, is_json_whatever_the_detail_holds) {
    const Response response = problem(Refusal{400, "a\xff\x01\"b"}, "");
    EXPECT_EQ(body(response).at("class").as_string(), "bad-request");
}

TEST(RequestId, is_taken_from_clients_only_if_it_is_harmless) {
    EXPECT_TRUE(is_request_id("aZ09-_.:/+="));
    EXPECT_TRUE(is_request_id(std::string(128, 'a')));
    for (const std::string bad : {"", "a b", "a\"", "a\n", "\xc3\xa9"}) {
        EXPECT_FALSE(is_request_id(bad));
    }
    EXPECT_FALSE(is_request_id(std::string(129, 'a')));
    EXPECT_TRUE(is_request_id(make_request_id()));
    EXPECT_NE(make_request_id(), make_request_id());
}

TEST(Traceparent, must_be_of_version_00) {
    const std::string good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    EXPECT_TRUE(is_traceparent(good));
    EXPECT_FALSE(is_traceparent("01" + good.substr(2)));
    EXPECT_FALSE(is_traceparent(good + "-00"));
    EXPECT_FALSE(is_traceparent("00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    EXPECT_FALSE(is_traceparent("00-" + std::string(32, '0') + "-b7ad6b7169203331-01"));
    EXPECT_FALSE(
        is_traceparent("00-0af7651916cd43dd8448eb211c80319c-" + std::string(16, '0') + "-01"));
}

class AdminAccess : public testing::Test {
protected:
    std::uint16_t status(std::string_view authorization = {}) {
        context_.settings = std::make_shared<const ServiceSettings>(settings_);
        context_.head.fields.set("Authorization", authorization);
        const Checked<void> checked = check_admin(context_);
        return checked ? std::uint16_t{200} : checked.error().status;
    }
    ServiceSettings settings_;
    RequestContext context_;
};

TEST_F(AdminAccess, is_free_on_loopback_and_on_a_listener_of_its_own) {
    EXPECT_EQ(status(), 403);
    context_.is_loopback = true;
    context_.head.host = "localhost:8080";
    EXPECT_EQ(status(), 200);
    context_.head.host = "evil.example:8080";
    EXPECT_EQ(status(), 421);
    context_.listener = ListenerRole::kAdmin;
    EXPECT_EQ(status(), 421);
    context_.is_loopback = false;
    context_.listener = ListenerRole::kAdmin;
    EXPECT_EQ(status(), 200);
    context_.listener = ListenerRole::kPublic;
    EXPECT_EQ(status(), 404);
}

TEST_F(AdminAccess, needs_the_token_that_is_set) {
    settings_.service.admin_token = "correct-horse-battery";
    context_.is_loopback = true;
    context_.head.host = "behind.a.proxy.example";
    EXPECT_EQ(status(), 401);
    EXPECT_EQ(status("Bearer correct-horse-batterx"), 401);
    EXPECT_EQ(status("Bearer correct-horse-battery1"), 401);
    EXPECT_EQ(status("Basic correct-horse-battery"), 401);
    EXPECT_EQ(status("bearer correct-horse-battery"), 200);
}

TEST(ThisMachine, is_known_by_names_that_nobody_else_can_have) {
    for (const std::string_view host :
         {"localhost", "LocalHost:8080", "a.localhost", "a.b.localhost:1", "127.0.0.1",
          "127.0.0.1:8080", "127.8.9.10", "[::1]", "[::1]:8080", "localhost:"}) {
        EXPECT_TRUE(is_this_machine(host)) << host;
    }
    for (const std::string_view host : {"",
                                        ":80",
                                        "evil.example",
                                        "evil.example:8080",
                                        "evillocalhost",
                                        "localhost.evil.example",
                                        "127.evil.example",
                                        "127.0.0.1.evil.example",
                                        "127.1",
                                        "0.0.0.0",
                                        "192.168.0.1",
                                        "::1",
                                        "[::1",
                                        "[::1]evil.example",
                                        "[::2]",
                                        "[::1]:8080x",
                                        "127.0.0.1:8080.evil.example",
                                        "localhost:80:80",
                                        "localhos",
                                        "[]"}) {
        EXPECT_FALSE(is_this_machine(host)) << host;
    }
}

}  // namespace
}  // namespace riptide::http
