#include "app/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace riptide::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string refusal(const std::vector<std::string>& arguments) {
    const auto line = parse_command_line(arguments);
    if (line) return "accepted";
    EXPECT_EQ(line.error().error_class, ErrorClass::kUsage);
    return line.error().detail;
}

TEST(CommandLine, takes_flags_and_arguments_in_any_order) {
    const auto line = parse_command_line(
        {"extract", "a.html", "-f", "json", "--url=https://a.example/", "b.html", "-ofile", "-"});
    ASSERT_TRUE(line) << line.error().detail;
    EXPECT_EQ(line->command, find_command("extract"));
    EXPECT_EQ(line->value("--format"), "json");
    EXPECT_EQ(line->value("--url"), "https://a.example/");
    EXPECT_EQ(line->value("--output"), "file");
    EXPECT_EQ(line->value("--mode"), std::nullopt);
    EXPECT_THAT(line->arguments, ElementsAre("a.html", "b.html", "-"));
}

TEST(CommandLine, takes_every_value_of_a_repeated_flag_and_no_argument_with_it) {
    const auto line =
        parse_command_line({"extract", "--selector", "main p", "-s", "[data-x]", "a.html"});
    ASSERT_TRUE(line);
    EXPECT_THAT(line->values("--selector"), ElementsAre("main p", "[data-x]"));
    EXPECT_THAT(line->arguments, ElementsAre("a.html"));
}

TEST(CommandLine, of_a_repeated_single_value_the_last_counts) {
    EXPECT_EQ(parse_command_line({"extract", "-f", "json", "-f", "text"})->value("--format"),
              "text");
}

TEST(CommandLine, a_value_may_look_like_a_flag) {
    EXPECT_EQ(parse_command_line({"extract", "--selector", "-x"})->value("--selector"), "-x");
}

TEST(CommandLine, odd_file_names_are_files) {
    const auto line =
        parse_command_line({"extract", "[a]", "config", "@list", "", "--", "--format", "-x"});
    ASSERT_TRUE(line) << line.error().detail;
    EXPECT_THAT(line->arguments, ElementsAre("[a]", "config", "@list", "", "--format", "-x"));
}

TEST(CommandLine, gives_options_to_the_option_table) {
    const auto line = parse_command_line({"extract", "--timeout", "5", "--memory=64", "a.html"});
    ASSERT_TRUE(line);
    const auto options = line->options();
    ASSERT_EQ(options.size(), 2U);
    EXPECT_EQ(options[0].option->name, "wasm.timeout_secs");
    EXPECT_EQ(options[0].value, "5");
    EXPECT_EQ(options[1].option->name, "wasm.memory_limit_mb");
}

TEST(CommandLine, help_and_version_need_nothing_else) {
    EXPECT_EQ(parse_command_line({"--help"})->wish, Wish::kHelp);
    EXPECT_EQ(parse_command_line({"-h"})->command, nullptr);
    EXPECT_EQ(parse_command_line({"--version"})->wish, Wish::kVersion);
    const auto help = parse_command_line({"completions", "--help"});
    ASSERT_TRUE(help);
    EXPECT_EQ(help->wish, Wish::kHelp);
    EXPECT_EQ(help->command, find_command("completions"));
    EXPECT_EQ(parse_command_line({"--help", "extract"})->command, find_command("extract"));
}

TEST(CommandLine, a_mistake_is_told_with_what_would_be_right) {
    std::string names;
    for (const Command& command : commands()) {
        names.append(names.empty() ? "" : ", ").append(command.name);
    }
    EXPECT_EQ(refusal({}), "no command was given; it is one of " + names);
    EXPECT_EQ(refusal({"extrat"}), "\"extrat\" is not a command; did you mean extract?");
    EXPECT_EQ(refusal({"page.html"}),
              "\"page.html\" is not a command; `riptide extract page.html` extracts a file");
    EXPECT_THAT(refusal({"page.html", "extract"}), HasSubstr("is not a command"));
    EXPECT_EQ(refusal({"extract", "--fromat", "json"}),
              "extract: --fromat is not a flag; did you mean --format?");
    EXPECT_EQ(refusal({"extract", "--frobnicate=1"}), "extract: --frobnicate is not a flag");
    EXPECT_EQ(refusal({"--format", "json"}),
              "--format is not a flag of riptide itself; the flags of a command follow its name");
    EXPECT_EQ(refusal({"extract", "--format", "jsn"}),
              "extract: --format: \"jsn\" is not allowed; it takes one of text, markdown, html, "
              "json, jsonl, tei; did you mean json?");
    EXPECT_EQ(refusal({"extract", "a.html", "--format"}),
              "extract: --format needs a value: one of text, markdown, html, json, jsonl, tei");
    EXPECT_EQ(refusal({"extract", "-o"}), "extract: --output needs a value");
    EXPECT_EQ(refusal({"extract", "--url=", "a.html"}),
              "--url= has no value; write one after the sign");
    EXPECT_EQ(refusal({"extract", "--encoding", "", "a.html"}),
              "extract: the value of --encoding is empty");
    EXPECT_EQ(refusal({"doctor", "a.html"}),
              "doctor: \"a.html\" is one too many; this command takes only flags");
    EXPECT_EQ(refusal({"completions"}), "completions takes one SHELL: bash, zsh, fish");
    EXPECT_EQ(refusal({"completions", "csh"}),
              "completions: \"csh\" is not allowed; it takes one of bash, zsh, fish; did you mean "
              "zsh?");
    EXPECT_THAT(refusal({"completions", "bash", "zsh"}), HasSubstr("takes one SHELL"));
}

TEST(CommandLine, a_mistake_is_told_without_control_characters) {
    EXPECT_EQ(refusal({"\x1b[31m"}), "\"\\x1b[31m\" is not a command");
    EXPECT_THAT(refusal({"extract", "--\x1b[31m"}), HasSubstr("--\\x1b[31m"));
}

TEST(CommandLine, examples_are_accepted) {
    for (const Command& command : commands()) {
        for (const Example& example : command.examples) {
            if (example.command.find_first_of("|<>'=") != std::string::npos) continue;
            std::istringstream words(example.command);
            std::vector<std::string> arguments;
            for (std::string word; words >> word;) arguments.push_back(word);
            arguments.erase(arguments.begin());
            EXPECT_TRUE(parse_command_line(arguments)) << example.command;
        }
    }
}

}  // namespace
}  // namespace riptide::app
