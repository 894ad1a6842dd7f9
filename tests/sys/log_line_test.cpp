#include "sys/log_line.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace riptide::sys {
namespace {

using namespace std::chrono_literals;

const std::chrono::system_clock::time_point kTime{1'764'000'000'123ms};

std::string text(std::string_view message, std::vector<LogField> fields = {}) {
    return log_line(LogFormat::kText, kTime, LogLevel::kInfo, message, fields);
}
std::string json(std::string_view message, std::vector<LogField> fields = {}) {
    return log_line(LogFormat::kJson, kTime, LogLevel::kError, message, fields);
}

TEST(LogLine, as_text_is_name_value_pairs) {
    EXPECT_EQ(text("request", {{"route", "extract"},
                               {"status", std::int64_t{200}},
                               {"duration", 1234567ns},
                               {"agent", "a b"},
                               {"referer", ""}}),
              "time=2025-11-24T16:00:00.123Z level=info msg=request route=extract status=200 "
              "duration_ms=1.235 agent=\"a b\" referer=\"\"\n");
}

TEST(LogLine, as_json_is_an_object) {
    EXPECT_EQ(json("it failed", {{"id", "x"}, {"bytes", std::int64_t{-1}}, {"took", 2ms}}),
              R"({"time":"2025-11-24T16:00:00.123Z","level":"error","msg":"it failed",)"
              R"("id":"x","bytes":-1,"took_ms":2.000})"
              "\n");
}

TEST(LogLine, no_value_can_forge_a_line_or_drive_a_terminal) {
    const std::string_view attack =
        "x\nlevel=info msg=forged \x1B[2J \x7F \u0085 \u2028 \u202E \"\\";
    const std::string escaped =
        R"(x\u000alevel=info msg=forged \u001b[2J \u007f \u0085 \u2028 \u202e \"\\)";
    EXPECT_NE(text("m", {{"v", attack}}).find("v=\"" + escaped + "\"\n"), std::string::npos);
    EXPECT_NE(json("m", {{"v", attack}}).find("\"v\":\"" + escaped + "\"}\n"), std::string::npos);
    EXPECT_NE(text(attack).find("msg=\"" + escaped + "\"\n"), std::string::npos);
}

TEST(LogLine, what_is_not_utf8_is_replaced) {
    EXPECT_NE(json("m", {{"v", "a\xFF\xC3"}}).find("\"a\uFFFD\uFFFD\""), std::string::npos);
    EXPECT_NE(json("m", {{"v", "caf\u00E9 \U0001F600"}}).find("\"caf\u00E9 \U0001F600\""),
              std::string::npos);
}

TEST(LogLine, long_values_are_cut) {
    const std::string line = json("m", {{"v", std::string(10'000, 'x')}});
    EXPECT_NE(line.find(std::string(kLongestLogValue, 'x') + "...\""), std::string::npos);
    EXPECT_LT(line.size(), 400U);
}

TEST(LogLine, is_never_longer_than_its_bound) {
    const std::string controls(1000, '\x01');
    const std::vector<LogField> fields(20, LogField{"v", controls});
    for (const std::string& line : {text(controls, fields), json(controls, fields)}) {
        EXPECT_LE(line.size(), kLongestLogLine);
        EXPECT_EQ(std::ranges::count(line, '\n'), 1);
        EXPECT_NE(line.find("cut"), std::string::npos);
    }
}

}  // namespace
}  // namespace riptide::sys
