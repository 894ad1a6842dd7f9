/// HTTP responses as archives hold them.
#pragma once

#include <riptide/config.h>
#include <riptide/error.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace riptide::io {

/// Header fields in their order. Names are compared without regard to case.
class HeaderFields {
public:
    /// Of the lines up to the blank one; folded lines are joined (RFC 9112,
    /// section 5.2), and lines without a colon are passed over, as browsers do.
    static HeaderFields parse(std::string_view lines);
    /// The first value of that name, without the spaces around it.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

/// Whether a Content-Type is that of HTML or XHTML.
bool is_html(std::string_view content_type);

struct HttpHeader {
    HeaderFields fields;
    std::size_t size = 0;  ///< Of what comes before the body.
};

/// The header of the response whose first bytes these are. Error: `kIo` when it is none, or when
/// the blank line that ends it is not among them.
Result<HttpHeader> parse_http_header(std::string_view message);

/// The page that a response was sent with, from its body: chunks (RFC 9112, section 7.1; also cut
/// off, as archives do) and the content codings gzip, deflate and zstd are undone. A body that was
/// stored without them, as archives like to, is taken as it is. Without fields there is nothing to
/// undo. Errors: `kIo` for a body that is damaged, and for other codings; `kTooLarge` for a page
/// above `limit`.
Result<std::string> decoded_body(const HeaderFields& fields, std::string body, Bytes limit);

}  // namespace riptide::io
