// What the code writes is what web/openapi.json promises, property by property.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "http/assets.h"
#include "http/problem.h"
#include "io/document_json.h"
#include "io/status_json.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace riptide::http {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

const json::value& contract() {
    static const json::value kContract = [] {
        const std::string_view text = find_asset("/openapi.json")->body;
        return json::parse({text.data(), text.size()});
    }();
    return kContract;
}

const json::value& schema(std::string_view name) {
    return contract().at_pointer("/components/schemas/" + std::string(name));
}

bool is_of(const json::value& value, std::string_view type) {
    if (type == "null") return value.is_null();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_bool();
    if (type == "array") return value.is_array();
    if (type == "object") return value.is_object();
    if (type == "integer") return value.is_int64() || value.is_uint64();
    return type == "number" && value.is_number();
}

bool has_type(const json::value& value, const json::value& type) {
    if (type.is_string()) return is_of(value, std::string(type.as_string()));
    return std::ranges::any_of(type.as_array(),
                               [&](const json::value& one) { return has_type(value, one); });
}

/// What is wrong with the value, by the keywords that the contract uses; empty when nothing is.
/// Stricter than JSON Schema: an object has all of its schema's properties.
std::string complaint(const json::value& value, const json::value& rule, const std::string& where);

std::string complaint_of_object(const json::object& object, const json::object& rule,
                                const std::string& where) {
    const json::object& properties = rule.at("properties").as_object();
    for (const auto& [name, unused] : object) {
        if (!properties.contains(name)) return where + ": \"" + std::string(name) + "\" is unknown";
    }
    for (const auto& [name, its_rule] : properties) {
        const std::string place = where + "/" + std::string(name);
        if (!object.contains(name)) return place + " is missing";
        const std::string found = complaint(object.at(name), its_rule, place);
        if (!found.empty()) return found;
    }
    return {};
}

std::string complaint(const json::value& value, const json::value& rule, const std::string& where) {
    const json::object& keywords = rule.as_object();
    if (const json::value* reference = keywords.if_contains("$ref")) {
        const std::string pointer(reference->as_string());
        return complaint(value, contract().at_pointer(pointer.substr(1)), where);
    }
    if (const json::value* alternatives = keywords.if_contains("oneOf")) {
        const auto fits = std::ranges::count_if(alternatives->as_array(), [&](const auto& one) {
            return complaint(value, one, where).empty();
        });
        return fits == 1 ? "" : where + " is none of its alternatives";
    }
    if (!has_type(value, keywords.at("type"))) return where + ": " + json::serialize(value);
    if (const json::value* names = keywords.if_contains("enum")) {
        const json::array& known = names->as_array();
        if (std::ranges::find(known, value) == known.end()) return where + " has an unknown name";
    }
    if (value.is_object() && keywords.contains("properties")) {
        return complaint_of_object(value.as_object(), keywords, where);
    }
    if (value.is_array()) {
        for (const json::value& item : value.as_array()) {
            const std::string found = complaint(item, keywords.at("items"), where + "/*");
            if (!found.empty()) return found;
        }
    }
    return {};
}

std::string complaint(const json::object& object, std::string_view name) {
    return complaint(object, schema(name), std::string(name));
}

io::AdminStatus full_status() {
    io::AdminStatus status;
    status.pool.health.utilization_forecast = Forecast{5min, 0.5, 0.25, 0.75};
    status.pool.health.sandbox_error = "none";
    status.pool.breaker.history.resize(1);
    status.instances.resize(2);
    status.instances[0].created_at = std::chrono::system_clock::time_point{1s};
    status.recent_errors = {{{}, ErrorClass::kTrap, "it trapped", "id"}};
    status.configuration = {{"listen", "127.0.0.1:8080", "default"}};
    return status;
}

TEST(OpenApi, a_document_is_what_the_contract_says) {
    Document document;
    EXPECT_EQ(complaint(io::to_json(document), "Document"), "");
    document.title = "T";
    document.links = {{"https://a.example/", "A", "nofollow"}};
    document.media = {{"https://a.example/", MediaKind::kEmbed, "A"}};
    document.tags = {"tag"};
    document.truncated = {Truncation::kDepth, Truncation::kOutput};
    EXPECT_EQ(complaint(io::to_json(document), "Document"), "");
}

TEST(OpenApi, the_figures_of_a_pool_are_what_the_contract_says) {
    EXPECT_EQ(complaint(io::health_json({}), "Health"), "");
    EXPECT_EQ(complaint(io::admin_json({}), "AdminStatus"), "");
    const io::AdminStatus status = full_status();
    EXPECT_EQ(complaint(io::health_json(status.pool), "Health"), "");
    EXPECT_EQ(complaint(io::admin_json(status), "AdminStatus"), "");
}

TEST(OpenApi, an_error_of_a_batch_is_what_the_contract_says) {
    json::object error = io::to_json(Error{ErrorClass::kTooLarge, "too large"});
    error["id"] = 7;
    EXPECT_EQ(complaint(error, "BatchError"), "");
}

TEST(OpenApi, a_problem_is_what_the_contract_says) {
    for (const Response& response :
         {problem(Error{ErrorClass::kOverloaded, "the queue is full"}, "id"),
          problem(Refusal{404, "there is no such route"}, "id")}) {
        EXPECT_EQ(complaint(json::parse(response.body).as_object(), "Problem"), "");
    }
}

TEST(OpenApi, a_difference_would_be_noticed) {
    json::object health = io::health_json({});
    health["new"] = 1;
    EXPECT_EQ(complaint(health, "Health"), R"(Health: "new" is unknown)");
    health = io::health_json({});
    health.erase("trend");
    EXPECT_EQ(complaint(health, "Health"), "Health/trend is missing");
    health = io::health_json({});
    health["level"] = "splendid";
    EXPECT_EQ(complaint(health, "Health"), "Health/level has an unknown name");
    health["level"] = 1;
    EXPECT_EQ(complaint(health, "Health"), "Health/level: 1");
}

TEST(OpenApi, every_property_of_an_answer_is_required) {
    for (const auto& [name, rule] : contract().at_pointer("/components/schemas").as_object()) {
        const json::object& keywords = rule.as_object();
        if (name == "Page" || !keywords.contains("properties")) continue;
        std::set<std::string> required;
        for (const json::value& one : keywords.at("required").as_array()) {
            required.emplace(one.as_string());
        }
        EXPECT_EQ(required.size(), keywords.at("properties").as_object().size()) << name;
        EXPECT_EQ(keywords.at("additionalProperties"), json::value(false)) << name;
    }
}

TEST(OpenApi, tells_the_version_of_the_program) {
    EXPECT_EQ(contract().at_pointer("/info/version"), json::value(RIPTIDE_VERSION));
}

}  // namespace
}  // namespace riptide::http
