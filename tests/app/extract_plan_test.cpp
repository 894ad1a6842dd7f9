#include "app/extract_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riptide::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Result<ExtractPlan> plan(std::vector<std::string> arguments,
                         StandardInput standard_input = StandardInput::kOther) {
    arguments.insert(arguments.begin(), "extract");
    return parse_command_line(arguments).and_then([standard_input](const CommandLine& line) {
        return plan_extraction(line, standard_input);
    });
}

std::string refusal(std::vector<std::string> arguments,
                    StandardInput standard_input = StandardInput::kOther) {
    const auto result = plan(std::move(arguments), standard_input);
    if (result) return "accepted";
    EXPECT_EQ(result.error().error_class, ErrorClass::kUsage);
    return result.error().detail;
}

TEST(ExtractPlan, is_an_article_in_markdown_by_default) {
    const auto result = plan({"a.html"});
    ASSERT_TRUE(result);
    EXPECT_THAT(result->inputs, ElementsAre("a.html"));
    EXPECT_EQ(result->format, Format::kMarkdown);
    EXPECT_EQ(result->options.mode, ExtractionMode::kArticle);
    EXPECT_EQ(result->options.outputs, Outputs(Outputs::kMarkdown));
    EXPECT_EQ(result->engine, EngineChoice::kAuto);
    EXPECT_THAT(result->warnings, IsEmpty());
}

TEST(ExtractPlan, reads_a_pipe_but_not_a_terminal_by_default) {
    EXPECT_THAT(plan({})->inputs, ElementsAre("-"));
    EXPECT_THAT(refusal({}, StandardInput::kTerminal), HasSubstr("no FILE was given"));
    EXPECT_THAT(plan({"-"}, StandardInput::kTerminal)->inputs, ElementsAre("-"));
}

TEST(ExtractPlan, asks_only_for_the_renderings_that_are_written) {
    EXPECT_EQ(plan({"-f", "text"})->options.outputs, Outputs(Outputs::kText));
    EXPECT_EQ(plan({"-f", "html"})->options.outputs, Outputs(Outputs::kHtml));
    EXPECT_EQ(plan({"-f", "json"})->options.outputs, Outputs::usual());
    EXPECT_EQ(plan({"-f", "jsonl"})->options.outputs, Outputs::usual());
    EXPECT_EQ(plan({"-m", "metadata"})->options.outputs, Outputs::none());
}

TEST(ExtractPlan, a_selector_implies_custom) {
    const auto result = plan({"-s", "h1", "-s", "h2"});
    ASSERT_TRUE(result);
    EXPECT_EQ(result->options.mode, ExtractionMode::kCustom);
    EXPECT_THAT(result->options.selectors, ElementsAre("h1", "h2"));
    EXPECT_TRUE(plan({"-s", "h1", "-m", "custom"}));
}

TEST(ExtractPlan, metadata_is_json) {
    EXPECT_EQ(plan({"-m", "metadata"})->format, Format::kJson);
    EXPECT_EQ(plan({"-m", "metadata", "-f", "jsonl"})->format, Format::kJsonl);
    EXPECT_THAT(refusal({"-m", "metadata", "-f", "markdown"}), HasSubstr("use json or jsonl"));
}

TEST(ExtractPlan, contradictions_are_refused) {
    EXPECT_THAT(refusal({"-m", "full", "-s", "h1"}), HasSubstr("contradicts --mode full"));
    EXPECT_THAT(refusal({"-m", "custom"}), HasSubstr("--selector"));
    EXPECT_THAT(refusal({"-", "-"}), HasSubstr("twice"));
    EXPECT_THAT(refusal({""}), HasSubstr("empty"));
    EXPECT_THAT(refusal({"-u", "https://a.example/", "a", "b"}), HasSubstr("one page"));
    EXPECT_THAT(refusal({"-s", "\xff"}), HasSubstr("not UTF-8"));
}

TEST(ExtractPlan, an_address_is_an_absolute_web_address) {
    for (const char* good : {"http://a", "HTTPS://A.example/x?y#z", "https://[::1]:8080/",
                             "https://\u6C34.example/"}) {
        EXPECT_TRUE(plan({"-u", good})) << good;
    }
    for (const char* bad : {"a.example", "/path", "ftp://a", "http:", "http://", "http:///x",
                            "javascript:alert(1)", "https://a b", "https://a\n", "https://\xff"}) {
        EXPECT_THAT(refusal({"-u", bad}), HasSubstr("not an absolute web address")) << bad;
    }
}

TEST(ExtractPlan, limits_without_a_sandbox_are_warned_of) {
    EXPECT_THAT(plan({"--engine", "native", "--timeout", "1", "--body-limit", "1"})->warnings,
                ElementsAre("--timeout has no effect with --engine native, which has no sandbox"));
    EXPECT_THAT(plan({"--engine", "wasm", "--timeout", "1"})->warnings, IsEmpty());
}

TEST(ExtractPlan, a_dash_is_standard_output) {
    EXPECT_EQ(plan({"-o", "-"})->output_path, "");
    EXPECT_EQ(plan({"-o", "x"})->output_path, "x");
}

}  // namespace
}  // namespace riptide::app
