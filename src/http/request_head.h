/// The head of an HTTP/1.1 request, read so strictly that no two readers can differ about where the
/// request ends. Source: RFC 9112.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "http/refusal.h"

namespace riptide::http {

enum class Method : std::uint8_t { kGet, kHead, kPost, kOptions, kOther };

struct Field {
    std::string_view name;
    std::string_view value;  ///< Without white space at its ends.
};

/// Views of the bytes it was parsed from.
struct RequestHead {
    Method method = Method::kOther;
    std::string_view method_name;
    std::string_view path;   ///< As it came, percent-encoding included; "*" for the server itself.
    std::string_view query;  ///< Without the question mark.
    std::vector<Field> fields;

    std::optional<std::uint64_t> content_length;
    bool is_chunked = false;
    bool keeps_alive = true;         ///< The client is ready for another request.
    bool expects_continue = false;   ///< The client waits for 100 before it sends the body.
    bool understands_chunks = true;  ///< HTTP/1.1, not 1.0.

    /// The value of the first field of that name; empty when there is none. Any case.
    [[nodiscard]] std::string_view value(std::string_view name) const;
    [[nodiscard]] bool has_body() const { return is_chunked || content_length.value_or(0) > 0; }
};

/// Finds the end of a head in bytes that come in pieces.
class HeadScanner {
public:
    enum class Verdict : std::uint8_t { kIncomplete, kComplete, kMalformed };

    /// `bytes` is all that has come, beginning with the request. Looks at new bytes only.
    Verdict scan(std::string_view bytes);
    /// The size of the head with its last empty line, once it is complete.
    [[nodiscard]] std::size_t size() const { return line_start_; }
    /// Whether the request line is complete.
    [[nodiscard]] bool has_line() const { return line_start_ > 0; }

private:
    std::size_t line_start_ = 0;
    std::size_t scanned_ = 0;
};

inline constexpr std::size_t kMaxTarget = 8192;
inline constexpr std::size_t kMaxFields = 100;

/// Parses a complete head. Refusals: 400 for what is malformed or ambiguous (no Host or several,
/// repeated or signed lengths, a length with a transfer coding, folded lines, control characters),
/// 414 and 431 for what is too long, 417, 501 for unknown methods and codings, 505. After any of
/// them the connection cannot go on.
Checked<RequestHead> parse_head(std::string_view bytes);

}  // namespace riptide::http
