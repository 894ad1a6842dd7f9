#include "app/command_table.h"

#include <riptide/options.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "app/exit_codes.h"
#include "app/extract_plan.h"
#include "app/help.h"
#include "app/man_page.h"
#include "app/mode_flags.h"
#include "app/shells.h"

namespace riptide::app {
namespace {

using ::testing::HasSubstr;

TEST(CommandTable, every_command_teaches) {
    for (const Command& command : commands()) {
        SCOPED_TRACE(command.name);
        EXPECT_FALSE(command.summary.empty());
        EXPECT_FALSE(command.description.empty());
        EXPECT_FALSE(command.examples.empty());
        for (const Example& example : command.examples) {
            EXPECT_THAT(example.command, HasSubstr("riptide " + command.name));
            EXPECT_TRUE(example.what.ends_with('.')) << example.what;
        }
        EXPECT_NE(find_flag(command.flags, "--help"), nullptr);
    }
}

TEST(CommandTable, every_flag_is_declared_whole_and_once) {
    for (const Command& command : commands()) {
        std::set<std::string> names;
        for (const Flag& flag : command.flags) {
            SCOPED_TRACE(command.name + " " + flag.name);
            EXPECT_TRUE(flag.name.starts_with("--"));
            EXPECT_TRUE(flag.short_name.empty() || flag.short_name.size() == 2);
            EXPECT_TRUE(flag.help.ends_with('.')) << flag.help;
            EXPECT_EQ(flag.value_name.empty(), flag.kind == ValueKind::kNone);
            EXPECT_EQ(flag.choices.empty(), flag.kind != ValueKind::kChoice);
            EXPECT_TRUE(names.insert(flag.name).second);
            if (flag.short_name.empty()) continue;
            EXPECT_TRUE(names.insert(flag.short_name).second);
        }
    }
}

TEST(CommandTable, flags_of_options_are_those_of_the_option_table) {
    for (const config::OptionSpec& option : config::options()) {
        if (option.flag.empty()) continue;
        const bool of_engine = option.scope == config::OptionScope::kEngine;
        EXPECT_EQ(find_flag(find_command("extract")->flags, option.flag) != nullptr, of_engine);
        const Flag* flag = find_flag(find_command("config")->flags, option.flag);
        ASSERT_NE(flag, nullptr) << option.flag;
        EXPECT_EQ(flag->option, &option);
        EXPECT_THAT(flag->help, HasSubstr(std::string(option.environment)));
    }
}

TEST(CommandTable, modes_are_named_as_everywhere) {
    for (std::size_t i = 0; i < kModeNames.size(); ++i) {
        EXPECT_EQ(kModeNames.at(i), to_string(static_cast<ExtractionMode>(i)));
    }
}

TEST(Help, tells_flags_examples_and_exit_codes) {
    for (const Command& command : commands()) {
        const std::string help = command_help(command);
        EXPECT_THAT(help, HasSubstr(synopsis(command)));
        for (const Flag& flag : command.flags) EXPECT_THAT(help, HasSubstr(flag.name));
        for (const Example& example : command.examples) {
            EXPECT_THAT(help, HasSubstr(example.command));
        }
        for (const ExitCodeMeaning& row : kExitCodes) {
            EXPECT_THAT(help, HasSubstr(std::string(row.meaning)));
        }
        EXPECT_THAT(program_help(), HasSubstr(command.summary));
    }
}

TEST(Help, fits_a_terminal) {
    std::string all = program_help();
    for (const Command& command : commands()) all += command_help(command);
    std::istringstream lines(all);
    for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(line.size(), 80U) << line;
        EXPECT_FALSE(line.ends_with(' ')) << line;
    }
}

TEST(ManPage, knows_every_command_flag_variable_and_exit_code) {
    const std::string page = man_page();
    EXPECT_TRUE(page.starts_with(".TH RIPTIDE 1 "));
    for (const char* section : {"NAME", "SYNOPSIS", "DESCRIPTION", "FLAGS", "COMMANDS",
                                "ENVIRONMENT", "EXIT STATUS", "EXAMPLES"}) {
        EXPECT_THAT(page, HasSubstr("\n.SH \"" + std::string(section) + "\"\n"));
    }
    for (const config::OptionSpec& option : config::options()) {
        EXPECT_THAT(page, HasSubstr(std::string(option.environment)));
    }
    for (const ExitCodeMeaning& row : kExitCodes) {
        EXPECT_THAT(page, HasSubstr(std::to_string(static_cast<int>(row.code))));
    }
}

TEST(Completions, know_every_command_and_flag_in_every_shell) {
    for (std::size_t i = 0; i < kShellNames.size(); ++i) {
        SCOPED_TRACE(kShellNames.at(i));
        const std::string script = completions(static_cast<Shell>(i));
        for (const Command& command : commands()) {
            EXPECT_THAT(script, HasSubstr(command.name));
            for (const Flag& flag : command.flags) {
                EXPECT_THAT(script, HasSubstr(flag.name.substr(2)));
                for (const std::string& choice : flag.choices) {
                    EXPECT_THAT(script, HasSubstr(choice));
                }
            }
        }
    }
}

TEST(ExitCodes, of_several_inputs_are_theirs_when_alike_else_one) {
    using enum ExitCode;
    const auto of = [](std::vector<ExitCode> codes) { return combined(codes); };
    EXPECT_EQ(of({kOk}), kOk);
    EXPECT_EQ(of({kOk, kOk}), kOk);
    EXPECT_EQ(of({kIo}), kIo);
    EXPECT_EQ(of({kNoContent, kNoContent}), kNoContent);
    EXPECT_EQ(of({kOk, kIo}), kSomeFailed);
    EXPECT_EQ(of({kIo, kNoContent}), kSomeFailed);
}

TEST(ExitCodes, every_error_class_has_one_that_help_explains) {
    for (int i = 0; i <= static_cast<int>(ErrorClass::kIo); ++i) {
        const ExitCode code = exit_code({static_cast<ErrorClass>(i), ""});
        EXPECT_TRUE(std::ranges::any_of(kExitCodes, [code](const ExitCodeMeaning& row) {
            return row.code == code;
        })) << i;
    }
}

}  // namespace
}  // namespace riptide::app
