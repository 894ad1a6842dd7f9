#include <riptide/error.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace riptide {
namespace {

std::vector<ErrorClass> every_class() {
    std::vector<ErrorClass> classes;
    for (int i = 0; i <= static_cast<int>(ErrorClass::kIo); ++i) {
        classes.push_back(static_cast<ErrorClass>(i));
    }
    return classes;
}

TEST(ErrorTraits, gives_every_class_a_name_of_its_own) {
    std::set<std::string_view> names;
    for (ErrorClass error_class : every_class()) {
        const std::string_view name = traits(error_class).name;
        EXPECT_FALSE(name.empty()) << static_cast<int>(error_class);
        EXPECT_TRUE(std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || c == '-';
        })) << name;
        EXPECT_TRUE(names.insert(name).second) << name;
    }
}

TEST(ErrorTraits, names_each_class_after_itself) {
    const std::pair<ErrorClass, std::string_view> expected[] = {
        {ErrorClass::kInvalidHtml, "invalid-html"},
        {ErrorClass::kParseError, "parse-error"},
        {ErrorClass::kResourceLimit, "resource-limit"},
        {ErrorClass::kUnsupportedMode, "unsupported-mode"},
        {ErrorClass::kTooLarge, "too-large"},
        {ErrorClass::kInternalError, "internal-error"},
        {ErrorClass::kTrap, "trap"},
        {ErrorClass::kTimeout, "timeout"},
        {ErrorClass::kMemoryLimit, "memory-limit"},
        {ErrorClass::kEngineStart, "engine-start"},
        {ErrorClass::kInstantiation, "instantiation"},
        {ErrorClass::kHost, "host"},
        {ErrorClass::kOverloaded, "overloaded"},
        {ErrorClass::kDeadlineExceeded, "deadline-exceeded"},
        {ErrorClass::kCancelled, "cancelled"},
        {ErrorClass::kConfig, "config"},
        {ErrorClass::kUsage, "usage"},
        {ErrorClass::kIo, "io"},
    };
    EXPECT_EQ(std::size(expected), every_class().size());
    for (const auto& [error_class, name] : expected) EXPECT_EQ(traits(error_class).name, name);
}

TEST(ErrorTraits, uses_only_the_documented_exit_codes) {
    const std::set<int> documented = {1, 2, 4, 5, 6, 130};
    for (ErrorClass error_class : every_class()) {
        const ErrorTraits& row = traits(error_class);
        EXPECT_TRUE(documented.contains(row.exit_code)) << row.name << " " << int{row.exit_code};
    }
    EXPECT_EQ(traits(ErrorClass::kUsage).exit_code, 2);
    EXPECT_EQ(traits(ErrorClass::kIo).exit_code, 4);
    EXPECT_EQ(traits(ErrorClass::kEngineStart).exit_code, 5);
    EXPECT_EQ(traits(ErrorClass::kTimeout).exit_code, 6);
    EXPECT_EQ(traits(ErrorClass::kCancelled).exit_code, 130);
}

TEST(ErrorTraits, uses_only_http_statuses_of_failure) {
    for (ErrorClass error_class : every_class()) {
        const ErrorTraits& row = traits(error_class);
        EXPECT_TRUE(row.http_status >= 400 && row.http_status <= 599) << row.name;
    }
    EXPECT_EQ(traits(ErrorClass::kTooLarge).http_status, 413);
    EXPECT_EQ(traits(ErrorClass::kInvalidHtml).http_status, 422);
    EXPECT_EQ(traits(ErrorClass::kOverloaded).http_status, 503);
    EXPECT_EQ(traits(ErrorClass::kDeadlineExceeded).http_status, 504);
}

TEST(ErrorTraits, counts_only_faults_of_the_engine_against_the_breaker) {
    const std::set<ErrorClass> counted = {ErrorClass::kEngineStart, ErrorClass::kInstantiation,
                                          ErrorClass::kHost};
    const std::set<ErrorClass> attributed = {ErrorClass::kTrap, ErrorClass::kTimeout,
                                             ErrorClass::kMemoryLimit};
    for (ErrorClass error_class : every_class()) {
        const ErrorTraits& row = traits(error_class);
        EXPECT_EQ(row.breaker_counts, counted.contains(error_class)) << row.name;
        EXPECT_EQ(row.attribute_first, attributed.contains(error_class)) << row.name;
        // Whatever may be the engine's fault is worth a try without it, and nothing else is.
        EXPECT_EQ(row.falls_back, row.breaker_counts || row.attribute_first) << row.name;
    }
}

TEST(Fail, makes_a_result_that_carries_class_and_detail) {
    const Result<int> result = fail(ErrorClass::kIo, "cannot read \"a\"");
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().error_class, ErrorClass::kIo);
    EXPECT_EQ(result.error().detail, "cannot read \"a\"");
}

}  // namespace
}  // namespace riptide
