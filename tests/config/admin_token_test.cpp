#include "config/admin_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace riptide::config {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kToken = "0123456789abcdef-secret";

class AdminToken : public testing::Test {
protected:
    std::string file(const std::string& contents, mode_t mode = 0600) {
        const std::string path = testing::TempDir() + "token-" + std::to_string(getpid());
        std::filesystem::remove(path);
        std::ofstream(path) << contents;
        EXPECT_EQ(chmod(path.c_str(), mode), 0);
        return path;
    }
    static Result<void> load(const std::string& path, ServiceConfig& config) {
        config.admin_token_file = path;
        return load_admin_token(config);
    }
    ServiceConfig config_;
};

TEST_F(AdminToken, comes_from_a_file_without_the_blanks_around_it) {
    ASSERT_TRUE(load(file(std::string(" ") + kToken + "\n"), config_));
    EXPECT_EQ(config_.admin_token, kToken);
}

TEST_F(AdminToken, stays_as_it_is_without_a_file) {
    config_.admin_token = kToken;
    ASSERT_TRUE(load("", config_));
    EXPECT_EQ(config_.admin_token, kToken);
}

TEST_F(AdminToken, cannot_come_from_two_places) {
    config_.admin_token = kToken;
    const auto loaded = load(file(kToken), config_);
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().error_class, ErrorClass::kConfig);
}

TEST_F(AdminToken, that_others_may_read_is_refused) {
    const auto loaded = load(file(kToken, 0644), config_);
    ASSERT_FALSE(loaded);
    EXPECT_THAT(loaded.error().detail, HasSubstr("chmod"));
    EXPECT_TRUE(config_.admin_token.empty());
}

TEST_F(AdminToken, in_a_file_that_others_may_read_is_a_warning) {
    const auto warnings = [](const std::string& path, const ConfigFile& contents) {
        const FlagValue named{find_option("config"), path};
        return warn_of_exposed_token(*resolve({}, {named}, contents));
    };
    const std::string token = std::string("admin_token = \"") + kToken + "\"\n";
    for (const mode_t mode : {0600, 0640, 0604, 0644}) {
        const std::string path = file(token, mode);
        const ConfigFile contents = read_config_file(path).value();
        const auto said = warnings(path, contents);
        EXPECT_EQ(said.size(), mode == 0600 ? 0U : 1U) << mode;
        for (const std::string& warning : said) {
            EXPECT_THAT(warning,
                        AllOf(HasSubstr(path), HasSubstr("chmod go-r"), Not(HasSubstr(kToken))));
        }
        const ConfigFile names_it{{{"admin_token_file", path, "file:1", {}}}};
        const bool is_refused = (mode & S_IROTH) != 0;
        EXPECT_EQ(warnings("", names_it).size(), is_refused ? 0U : said.size()) << mode;
        EXPECT_TRUE(warnings(path, {}).empty()) << "it holds no token";
    }
}

TEST_F(AdminToken, that_is_none_is_refused_and_not_shown) {
    for (const char* contents :
         {"", "short", "two tokens in a file are not one", "caf\u00E9-caf\u00E9-caf\u00E9"}) {
        const auto loaded = load(file(contents), config_);
        ASSERT_FALSE(loaded) << contents;
        if (*contents != 0) {
            EXPECT_THAT(loaded.error().detail, Not(HasSubstr(contents)));
        }
    }
}

TEST_F(AdminToken, whose_file_is_missing_is_an_error) {
    const auto loaded = load("/nonexistent/token", config_);
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().error_class, ErrorClass::kIo);
}

}  // namespace
}  // namespace riptide::config
