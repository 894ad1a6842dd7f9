#include "http/response.h"

#include <algorithm>

namespace riptide::http {
namespace {

struct Phrase {
    std::uint16_t status;
    std::string_view text;
};

constexpr std::array kPhrases = {
    Phrase{200, "OK"},
    Phrase{204, "No Content"},
    Phrase{304, "Not Modified"},
    Phrase{400, "Bad Request"},
    Phrase{401, "Unauthorized"},
    Phrase{403, "Forbidden"},
    Phrase{404, "Not Found"},
    Phrase{405, "Method Not Allowed"},
    Phrase{406, "Not Acceptable"},
    Phrase{408, "Request Timeout"},
    Phrase{411, "Length Required"},
    Phrase{413, "Content Too Large"},
    Phrase{414, "URI Too Long"},
    Phrase{415, "Unsupported Media Type"},
    Phrase{417, "Expectation Failed"},
    Phrase{421, "Misdirected Request"},
    Phrase{422, "Unprocessable Content"},
    Phrase{429, "Too Many Requests"},
    Phrase{431, "Request Header Fields Too Large"},
    Phrase{499, "Client Closed Request"},
    Phrase{500, "Internal Server Error"},
    Phrase{501, "Not Implemented"},
    Phrase{503, "Service Unavailable"},
    Phrase{504, "Gateway Timeout"},
    Phrase{505, "HTTP Version Not Supported"},
};

void add(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string_view Response::value(std::string_view name) const {
    const auto found =
        std::ranges::find(fields, name, [](const auto& field) { return field.first; });
    return found == fields.end() ? std::string_view() : found->second;
}

std::string_view reason_phrase(std::uint16_t status) {
    const auto* found = std::ranges::find(kPhrases, status, &Phrase::status);
    return found == kPhrases.end() ? std::string_view() : found->text;
}

std::string serialize_head(const Response& response, const ResponseFrame& frame) {
    std::string out;
    out.reserve(512);
    out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    out.append(reason_phrase(response.status)).append("\r\n");
    add(out, "Date", frame.date);
    if (!response.content_type.empty()) add(out, "Content-Type", response.content_type);
    if (frame.framing == ResponseFraming::kChunks) {
        add(out, "Transfer-Encoding", "chunked");
    } else if (frame.framing == ResponseFraming::kLength && response.status != 204 &&
               response.status != 304) {
        add(out, "Content-Length", std::to_string(response.body.size()));
    }
    add(out, "Connection", frame.keeps_alive ? "keep-alive" : "close");
    if (!frame.request_id.empty()) add(out, "X-Request-Id", frame.request_id);
    if (!frame.traceparent.empty()) add(out, "traceparent", frame.traceparent);
    add(out, "X-Content-Type-Options", "nosniff");
    if (response.value("Cache-Control").empty()) add(out, "Cache-Control", "no-store");
    for (const auto& [name, value] : response.fields) add(out, name, value);
    return out.append("\r\n");
}

std::string_view DateClock::now() {
    const std::time_t now = std::time(nullptr);
    if (now != second_) {
        second_ = now;
        std::tm parts{};
        gmtime_r(&now, &parts);
        // Days and months are English: the program never sets a locale.
        std::strftime(text_.data(), text_.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    }
    return {text_.data(), text_.size() - 1};
}

}  // namespace riptide::http
