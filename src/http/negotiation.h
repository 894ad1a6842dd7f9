/// What representation of an answer the client wants. Source: RFC 9110, section 12.5.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace riptide::http {

/// The offer (a media type in lower case, without parameters) that `accept` likes best, of equals
/// the first; the first one for an empty `accept`; nothing when none is acceptable. Takes any
/// bytes: members that are malformed are stepped over. Linear.
std::optional<std::size_t> choose_media_type(std::string_view accept,
                                             std::span<const std::string_view> offers);

/// Whether `accept_encoding` allows gzip and likes it no less than the plain body.
bool accepts_gzip(std::string_view accept_encoding);

}  // namespace riptide::http
