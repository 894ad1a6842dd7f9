#include "config/config_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "config/settings.h"

namespace riptide::config {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class ConfigFileTest : public ::testing::Test {
protected:
    void TearDown() override { std::filesystem::remove(path_); }

    Result<ConfigFile> read(std::string_view text) const {
        std::ofstream(path_, std::ios::binary) << text;
        return read_config_file(path_);
    }
    Result<Settings> resolve_file(std::string_view text, const Environment& environment = {},
                                  const std::vector<FlagValue>& flags = {}) const {
        return read(text).and_then(
            [&](const ConfigFile& file) { return resolve(environment, flags, file); });
    }

    const std::string path_ = std::filesystem::temp_directory_path() /
                              ("riptide-config-" + std::to_string(::getpid()) + ".toml");
};

TEST_F(ConfigFileTest, sets_options_by_their_names) {
    const auto settings = resolve_file(
        "body_limit_mb = 3\n[wasm]\ntimeout_secs = 7\nenable_reuse = false\ncomponent = \"/x\"\n");
    ASSERT_TRUE(settings) << settings.error().detail;
    EXPECT_EQ(settings->config.body_limit, Bytes::mib(3));
    EXPECT_EQ(settings->config.extraction_timeout, std::chrono::seconds(7));
    EXPECT_FALSE(settings->config.enable_reuse);
    EXPECT_EQ(settings->config.component_path, "/x");
    EXPECT_EQ(settings->of("wasm.timeout_secs").source, Source::kFile);
    EXPECT_THAT(settings->warnings, IsEmpty());
}

TEST_F(ConfigFileTest, gives_way_to_environment_and_flags) {
    const std::string text = "[wasm]\ntimeout_secs = 7\nepoch_timeout_ms = 7\n";
    const auto settings = resolve_file(text, {{"RIPTIDE_WASM_TIMEOUT_SECS", "8"}},
                                       {{find_option("wasm.epoch_timeout_ms"), "9"}});
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->config.extraction_timeout, std::chrono::seconds(8));
    EXPECT_EQ(settings->config.epoch_timeout, std::chrono::milliseconds(9));
}

TEST_F(ConfigFileTest, refuses_a_bad_value_with_file_and_line) {
    EXPECT_THAT(resolve_file("[wasm]\n\ntimeout_secs = 0\n").error().detail,
                AllOf(HasSubstr(path_ + ":3"), HasSubstr("timeout_secs"), HasSubstr("\"0\""),
                      HasSubstr("1 to 3600")));
    EXPECT_EQ(resolve_file("[wasm]\ntimeout_secs = 1.5\n").error().error_class,
              ErrorClass::kConfig);
}

TEST_F(ConfigFileTest, says_what_stands_where_no_value_does_and_what_would_be_right) {
    const std::string number = " is not allowed; it takes a whole number from 1 to 3600 (s)";
    for (const auto& [value, what] : std::initializer_list<std::pair<std::string, std::string>>{
             {"[1]", "an array"},
             {"{a = 1}", "a table"},
             {"1.5", "a fraction"},
             {"2026-01-01", "a date or time"},
             {"\"soon\"", "\"soon\""}}) {
        EXPECT_EQ(resolve_file("[wasm]\ntimeout_secs = " + value + "\n").error().detail,
                  path_ + ":2: wasm.timeout_secs: " + what + number);
    }
    EXPECT_THAT(resolve_file("[listen]\nport = 80\n").error().detail,
                HasSubstr(":1: listen: a table is not allowed; it takes an IP address"));
    for (const std::string text : {"wasm = 5\n", "wasm = [1]\n", "[[wasm]]\ntimeout_secs = 5\n"}) {
        EXPECT_EQ(resolve_file(text).error().detail,
                  path_ +
                      ":1: wasm is a table of options; it begins with [wasm], on a line of its "
                      "own")
            << text;
    }
}

TEST_F(ConfigFileTest, refuses_what_is_no_toml) {
    const auto result = read("[wasm]\ntimeout_secs 7\n");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().error_class, ErrorClass::kConfig);
    EXPECT_THAT(result.error().detail, HasSubstr(path_ + ":2"));
    EXPECT_EQ(read_config_file("/no/such/file.toml").error().error_class, ErrorClass::kIo);
}

TEST_F(ConfigFileTest, warns_of_an_unknown_key_and_names_the_nearest) {
    const auto settings = resolve_file("[wasm]\ntimeout_sec = 5\n");
    ASSERT_TRUE(settings);
    EXPECT_THAT(settings->warnings,
                ElementsAre(AllOf(HasSubstr(path_ + ":2"), HasSubstr("wasm.timeout_secs"))));
    EXPECT_THAT(resolve_file("foo = [1]\n")->warnings,
                ElementsAre(path_ + ":1: foo is not an option of this version and is ignored; "
                                    "`riptide config` shows all"));
}

TEST_F(ConfigFileTest, knows_options_by_their_names_in_the_environment) {
    const auto settings =
        resolve_file("RIPTIDE_LISTEN = \"127.0.0.1:1\"\n[wasm]\nRIPTIDE_WASM_TIMEOUT_SECS = 7\n");
    ASSERT_TRUE(settings);
    EXPECT_THAT(
        settings->warnings,
        UnorderedElementsAre(
            path_ + ":1: RIPTIDE_LISTEN is ignored; the option is `listen`, above all tables",
            path_ + ":3: wasm.RIPTIDE_WASM_TIMEOUT_SECS is ignored; the option is `timeout_secs`, "
                    "in [wasm]"));
    EXPECT_EQ(settings->of("listen").source, Source::kDefault);
}

TEST_F(ConfigFileTest, knows_options_in_the_wrong_table) {
    EXPECT_THAT(
        resolve_file("timeout_secs = 7\n[wasm]\nlisten = \"127.0.0.1:1\"\n")->warnings,
        UnorderedElementsAre(
            path_ + ":1: timeout_secs is ignored; the option is `timeout_secs`, in [wasm]",
            path_ + ":3: wasm.listen is ignored; the option is `listen`, above all tables"));
}

TEST_F(ConfigFileTest, names_no_other_file) {
    for (const std::string name : {"config", "RIPTIDE_CONFIG"}) {
        EXPECT_THAT(resolve_file(name + " = \"x\"\n")->warnings,
                    ElementsAre(path_ + ":1: " + name +
                                " is ignored; a file names no other file, --config and "
                                "RIPTIDE_CONFIG do"));
    }
}

TEST_F(ConfigFileTest, is_named_by_flag_or_environment) {
    EXPECT_EQ(config_file_path({}, {}), "");
    EXPECT_EQ(config_file_path({{"RIPTIDE_CONFIG", "a"}}, {}), "a");
    EXPECT_EQ(config_file_path({{"RIPTIDE_CONFIG", "a"}}, {{find_option("config"), "b"}}), "b");
}

}  // namespace
}  // namespace riptide::config
