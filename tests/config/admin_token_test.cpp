#include "config/admin_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace riptide::config {
namespace {

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
