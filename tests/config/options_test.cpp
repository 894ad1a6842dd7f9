#include "config/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace riptide::config {
namespace {

using ::testing::HasSubstr;

std::string environment_name(std::string_view name) {
    std::string result = "RIPTIDE_";
    for (const char c : name) result += c == '.' ? '_' : static_cast<char>(std::toupper(c));
    return result;
}

std::vector<std::string> bad_values(const OptionSpec& option) {
    switch (option.kind) {
        case OptionKind::kInteger:
            return {"",
                    " ",
                    "many",
                    "1.5",
                    "8x",
                    "0x10",
                    "+8",
                    "-1",
                    "99999999999999999999999",
                    std::to_string(option.min - 1),
                    std::to_string(option.max + 1)};
        case OptionKind::kSwitch:
            return {"", "maybe", "2", "truee"};
        case OptionKind::kPath:
            return {std::string("a\0b", 3)};
        case OptionKind::kChoice:
            return {"", "INFO", "verbose"};
        case OptionKind::kAddress:
            return {"8080",           "127.0.0.1", "127.0.0.1:65536",
                    "example.org:80", "::1:80",    "[127.0.0.1]:1"};
        case OptionKind::kSecret:
            return {"short", "with a blank in it, which ends a field", std::string(257, 'x')};
    }
    return {};
}

TEST(Options, each_is_declared_whole) {
    EXPECT_EQ(options().size(), 38U);
    for (const OptionSpec& option : options()) {
        SCOPED_TRACE(option.name);
        EXPECT_EQ(option.environment, environment_name(option.name));
        EXPECT_TRUE(option.help.ends_with('.'));
        EXPECT_FALSE(option.value_name.empty());
        EXPECT_TRUE(option.flag.empty() || option.flag.starts_with("--"));
        EXPECT_NE(option.set, nullptr);
        if (option.kind == OptionKind::kInteger) {
            EXPECT_LT(option.min, option.max);
        }
        EXPECT_EQ(option.choices.empty(), option.kind != OptionKind::kChoice);
    }
}

TEST(Options, no_name_is_declared_twice) {
    std::set<std::string_view> seen;
    for (const OptionSpec& option : options()) {
        EXPECT_TRUE(seen.insert(option.name).second) << option.name;
        EXPECT_TRUE(seen.insert(option.environment).second) << option.environment;
        if (option.flag.empty()) continue;
        EXPECT_TRUE(seen.insert(option.flag).second) << option.flag;
    }
}

TEST(Options, are_found_by_name) {
    for (const OptionSpec& option : options()) {
        EXPECT_EQ(find_option(option.name), &option);
    }
    EXPECT_EQ(find_option("wasm.no_such"), nullptr);
}

TEST(Options, defaults_and_both_ends_of_the_range_are_allowed) {
    for (const OptionSpec& option : options()) {
        SCOPED_TRACE(option.name);
        EXPECT_TRUE(parse_value(option, "it", option.default_value));
        if (option.kind != OptionKind::kInteger) continue;
        EXPECT_TRUE(parse_value(option, "it", std::to_string(option.min)));
        EXPECT_TRUE(parse_value(option, "it", std::to_string(option.max)));
    }
}

TEST(Options, a_bad_value_is_told_with_option_value_and_range) {
    for (const OptionSpec& option : options()) {
        for (const std::string& value : bad_values(option)) {
            SCOPED_TRACE(std::string(option.name) + "=" + value);
            const auto result = parse_value(option, option.environment, value);
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().error_class, ErrorClass::kConfig);
            EXPECT_THAT(result.error().detail, HasSubstr(std::string(option.environment) + ": "));
            EXPECT_THAT(result.error().detail, HasSubstr(allowed_values(option)));
            EXPECT_TRUE(std::ranges::none_of(result.error().detail,
                                             [](char c) { return c >= 0 && c < ' '; }));
        }
    }
}

TEST(Options, a_secret_is_never_shown) {
    const OptionSpec& option = *find_option("admin_token");
    const auto result = parse_value(option, option.environment, "hunter2");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().detail.find("hunter2"), std::string::npos);
    EXPECT_EQ(shown_value(option, "0123456789abcdef").find("abc"), std::string::npos);
    EXPECT_EQ(shown_value(option, ""), "");
    EXPECT_EQ(shown_value(*find_option("wasm.component"), "a.wasm"), "a.wasm");
}

TEST(Options, the_sentence_reads_well) {
    const auto result = parse_value(*find_option("wasm.timeout_secs"), "--timeout", "30s");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().detail,
              "--timeout: \"30s\" is not allowed; it takes a whole number from 1 to 3600 (s)");
}

TEST(Options, switches_are_read_in_any_usual_spelling) {
    const OptionSpec& option = *find_option("wasm.enable_simd");
    for (const std::string_view yes : {"true", "TRUE", "Yes", "on", "1"}) {
        EXPECT_EQ(parse_value(option, "it", yes), OptionValue(true)) << yes;
    }
    for (const std::string_view no : {"false", "False", "NO", "off", "0"}) {
        EXPECT_EQ(parse_value(option, "it", no), OptionValue(false)) << no;
    }
}

}  // namespace
}  // namespace riptide::config
