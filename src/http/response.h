/// What is sent back.
#pragma once

#include <array>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace riptide::http {

inline constexpr std::string_view kApplicationJson = "application/json";
inline constexpr std::string_view kPlainText = "text/plain; charset=utf-8";

struct Response {
    std::uint16_t status = 200;
    std::string_view content_type;  ///< Of static storage; empty without a body.
    std::string body;
    /// Names of static storage, and values without control characters.
    std::vector<std::pair<std::string_view, std::string>> fields;

    /// The value of a field; empty when there is none.
    [[nodiscard]] std::string_view value(std::string_view name) const;
};

/// "Not Found"; empty for a status that the service never sends.
std::string_view reason_phrase(std::uint16_t status);

/// How the body of a response ends.
enum class ResponseFraming : std::uint8_t { kLength, kChunks, kClose };

/// What the connection adds to a response.
struct ResponseFrame {
    ResponseFraming framing = ResponseFraming::kLength;
    bool keeps_alive = true;
    std::string_view date;  ///< RFC 9110, 5.6.7.
    std::string_view request_id;
    std::string_view traceparent;  ///< Empty where the request had none.
};

/// Status line and fields, the empty line included. Every response forbids content sniffing, and to
/// be stored unless it says otherwise.
std::string serialize_head(const Response& response, const ResponseFrame& frame);

/// The time as a Date field has it, made anew once a second. Not thread-safe.
class DateClock {
public:
    std::string_view now();

private:
    std::time_t second_ = 0;
    std::array<char, 30> text_{};
};

}  // namespace riptide::http
