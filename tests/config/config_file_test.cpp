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
    EXPECT_THAT(resolve_file("[wasm]\ntimeout_secs = [1]\n").error().detail,
                AllOf(HasSubstr(path_ + ":2"), HasSubstr("whole number")));
    EXPECT_EQ(resolve_file("[wasm]\ntimeout_secs = 1.5\n").error().error_class,
              ErrorClass::kConfig);
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
    EXPECT_THAT(resolve_file("config = \"x\"\n")->warnings.size(), 1U);
}

TEST_F(ConfigFileTest, knows_options_by_their_names_in_the_environment) {
    const auto settings =
        resolve_file("RIPTIDE_LISTEN = \"127.0.0.1:1\"\n[wasm]\nRIPTIDE_WASM_TIMEOUT_SECS = 7\n");
    ASSERT_TRUE(settings);
    EXPECT_THAT(
        settings->warnings,
        UnorderedElementsAre(
            path_ + ":1: RIPTIDE_LISTEN is ignored; write `listen`, not RIPTIDE_LISTEN, in a file",
            path_ + ":3: wasm.RIPTIDE_WASM_TIMEOUT_SECS is ignored; write "
                    "`wasm.timeout_secs`, not RIPTIDE_WASM_TIMEOUT_SECS, in a file"));
    EXPECT_EQ(settings->of("listen").source, Source::kDefault);
    EXPECT_THAT(resolve_file("RIPTIDE_CONFIG = \"x\"\n")->warnings,
                ElementsAre(HasSubstr("not an option")));
}

TEST_F(ConfigFileTest, is_named_by_flag_or_environment) {
    EXPECT_EQ(config_file_path({}, {}), "");
    EXPECT_EQ(config_file_path({{"RIPTIDE_CONFIG", "a"}}, {}), "a");
    EXPECT_EQ(config_file_path({{"RIPTIDE_CONFIG", "a"}}, {{find_option("config"), "b"}}), "b");
}

}  // namespace
}  // namespace riptide::config
