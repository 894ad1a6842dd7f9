#include "sys/log_line.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>

#include "base/ascii.h"
#include "base/utf8.h"

namespace riptide::sys {
namespace {

/// What is left for the end of the line: "cut", quotes, braces.
constexpr std::size_t kRoomForEnd = 32;

/// C0, DEL, C1; line and paragraph separators; those that reorder text (UAX #9).
bool must_be_escaped(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void append_unicode_escape(char32_t c, std::string& out) {
    std::array<char, 16> text;
    std::snprintf(text.data(), text.size(), "\\u%04x", static_cast<unsigned>(c));
    out += text.data();
}

/// As the inside of a JSON string.
void append_escaped(std::string_view text, std::string& out) {
    while (!text.empty()) {
        const std::size_t valid = first_invalid_utf8(text);
        for (std::size_t at = 0; at < valid;) {
            const std::size_t begin = at;
            const char32_t c = next_code_point(text, at);
            if (c == '"' || c == '\\') out += '\\';
            if (must_be_escaped(c)) {
                append_unicode_escape(c, out);
            } else {
                out += text.substr(begin, at - begin);
            }
        }
        if (valid == text.size()) break;
        out += "\uFFFD";
        text.remove_prefix(valid + invalid_utf8_size(text, valid));
    }
}

void append_quoted(std::string_view text, std::string& out) {
    out += '"';
    append_escaped(text.substr(0, kLongestLogValue), out);
    if (text.size() > kLongestLogValue) out += "...";
    out += '"';
}

bool is_plain(std::string_view text) {
    return !text.empty() && text.size() <= kLongestLogValue &&
           std::ranges::all_of(text, [](char c) {
               return is_ascii_alphanumeric(c) ||
                      std::string_view("-_./:+@,").find(c) != std::string_view::npos;
           });
}

/// RFC 3339 with milliseconds, UTC.
std::string timestamp(std::chrono::system_clock::time_point time) {
    const auto since_epoch = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch());
    const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(since_epoch).count();
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> date{};
    std::strftime(date.data(), date.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    std::array<char, 16> fraction{};
    std::snprintf(fraction.data(), fraction.size(), ".%03dZ",
                  static_cast<int>((since_epoch % std::chrono::seconds(1)).count()));
    return std::string(date.data()) + fraction.data();
}

std::string milliseconds(std::chrono::nanoseconds duration) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.3f",
                  std::chrono::duration<double, std::milli>(duration).count());
    return text.data();
}

class Line {
public:
    explicit Line(LogFormat format) : format_(format) {
        if (format_ == LogFormat::kJson) out_ += '{';
    }
    void add(std::string_view name, std::string_view value) {
        std::string& out = begin(name, "");
        if (format_ == LogFormat::kText && is_plain(value)) {
            out += value;
        } else {
            append_quoted(value, out);
        }
    }
    void add(std::string_view name, std::int64_t value) {
        begin(name, "") += std::to_string(value);
    }
    void add(std::string_view name, std::chrono::nanoseconds value) {
        begin(name, "_ms") += milliseconds(value);
    }
    void add_flag(std::string_view name) { begin(name, "") += "true"; }

    [[nodiscard]] std::size_t size() const { return out_.size(); }
    /// Takes back what was added since the line had that size.
    void shorten(std::size_t size) { out_.resize(size); }
    std::string finish() && {
        if (format_ == LogFormat::kJson) out_ += '}';
        out_ += '\n';
        return std::move(out_);
    }

private:
    std::string& begin(std::string_view name, std::string_view suffix) {
        if (format_ == LogFormat::kJson) {
            out_.append(out_.size() > 1 ? ",\"" : "\"").append(name).append(suffix).append("\":");
        } else {
            out_.append(out_.empty() ? "" : " ").append(name).append(suffix).append("=");
        }
        return out_;
    }

    LogFormat format_;
    std::string out_;
};

}  // namespace

std::string_view to_string(LogLevel level) noexcept {
    constexpr std::array<std::string_view, kLogLevels> kNames = {"debug", "info", "warning",
                                                                 "error"};
    return kNames[static_cast<std::size_t>(level)];
}

std::string log_line(LogFormat format, std::chrono::system_clock::time_point time, LogLevel level,
                     std::string_view message, std::span<const LogField> fields) {
    Line line(format);
    line.add("time", timestamp(time));
    line.add("level", to_string(level));
    line.add("msg", message);
    for (const LogField& field : fields) {
        const std::size_t before = line.size();
        std::visit([&](const auto& value) { line.add(field.name, value); }, field.value);
        if (line.size() + kRoomForEnd > kLongestLogLine) {
            line.shorten(before);
            line.add_flag("cut");
            break;
        }
    }
    return std::move(line).finish();
}

}  // namespace riptide::sys
