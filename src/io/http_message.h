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

/// Where the blank line ends that follows the first lines of `bytes`; 0 when there is none.
std::size_t header_size(std::string_view bytes);

/// Whether a Content-Type is that of HTML or XHTML.
bool is_html(std::string_view content_type);

struct HttpPage {
    std::string content_type;
    std::string body;
};

/// Takes a response apart: chunks (RFC 9112, section 7.1; also without their last, as archives cut
/// them) and the content codings gzip, deflate and zstd are undone. A body that was stored without
/// its codings, as archives like to, is taken as it is. Errors: `kIo` for a message that is none,
/// or is damaged, and for other codings; `kTooLarge` for a body above `limit`.
Result<HttpPage> parse_http_response(std::string_view message, Bytes limit);

}  // namespace riptide::io
