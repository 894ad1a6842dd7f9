/// What Boost.Beast's parser takes and this server refuses, because another reader of the same
/// bytes could see the request end elsewhere, or ask for something else. Source: RFC 9112, sections
/// 2.2 to 7.1 and 11.2.
#pragma once

#include <string_view>

#include "http/refusal.h"
#include "http/request_head.h"

namespace riptide::http {

/// Longest request target, in bytes.
inline constexpr std::size_t kMaxTarget = 8192;

/// Reads `path`, `query` and, of a URL, `host` of a head whose method is known. Refusals: 414 for a
/// target that is too long, 400 for one that is neither a path nor a URL.
Checked<void> read_target(std::string_view target, RequestHead& head);

/// Whether a field's value is folded over several lines. `name` is as it stands in the request,
/// with what follows it; `value` as the parser gives it.
bool is_folded(std::string_view name, std::string_view value);

/// Adds a line of a head to its fields. Lines of one name become one, joined with commas in their
/// order: to a list each of them counts (RFC 9110, 5.3). Refusals: 400 for a second line of what
/// has one value (Host, Content-Length, Content-Type, Authorization), 431 for what is too long.
Checked<void> add_field(std::string_view name, std::string_view value,
                        boost::beast::http::fields& fields);

/// Judges the fields of a head that is complete. Refusals: 400 for no Host or one that is none,
/// for several lengths in one line, and for a coding in HTTP/1.0; 501 for codings other than
/// chunked; 417 for expectations other than 100-continue.
Checked<void> check_fields(const RequestHead& head);

/// Whether `input` is, or may become, the size of a chunk, behind the end of the data of the last
/// one unless it is the first. The parser itself would wait for the end of the line.
bool may_begin_chunk(std::string_view input, bool is_first);

/// Judges what follows the size of a chunk. Refusal: 400.
Checked<void> check_chunk_extension(std::string_view extension);

/// What a version that the parser does not take is answered with: 505 for one of HTTP's, 400 for
/// anything else. `input` begins with the request line.
std::uint16_t status_of_bad_version(std::string_view input);

}  // namespace riptide::http
