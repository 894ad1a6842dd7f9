/// A line of the log: what it says, and how it is written.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace riptide::sys {

/// From the most to the least talkative.
enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarning, kError };
inline constexpr std::size_t kLogLevels = 4;
/// "debug", "info", "warning", "error".
std::string_view to_string(LogLevel level) noexcept;

enum class LogFormat : std::uint8_t {
    kText,  ///< name=value pairs (logfmt): values with other than plain characters as in JSON.
    kJson,  ///< One object (RFC 8259).
};

/// A duration is written in milliseconds, and its name then ends in "_ms".
struct LogField {
    std::string_view name;  ///< A word of a-z and _.
    std::variant<std::string_view, std::int64_t, std::chrono::nanoseconds> value;
};

/// No line is longer, its line feed included: a write to a pipe (PIPE_BUF) is then never mixed with
/// that of another process.
inline constexpr std::size_t kLongestLogLine = 4096;
/// Of a text in a line, in bytes; more is cut and ends in "...".
inline constexpr std::size_t kLongestLogValue = 256;

/// "time=2026-11-24T15:30:29.123Z level=info msg=... FIELDS" or the same as an object, and a line
/// feed. UTC. Whatever the texts hold, it is one line that cannot drive a terminal: control and
/// reordering characters are escaped as in JSON, bytes that are not UTF-8 become U+FFFD. Fields
/// that would make the line too long are left out, and `cut` says so.
std::string log_line(LogFormat format, std::chrono::system_clock::time_point time, LogLevel level,
                     std::string_view message, std::span<const LogField> fields);

}  // namespace riptide::sys
