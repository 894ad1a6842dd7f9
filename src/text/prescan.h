/// The encoding that a page declares in its own first bytes.
#pragma once

#include <cstddef>
#include <string_view>

namespace riptide::text {

/// How many bytes of a page are searched.
inline constexpr std::size_t kPrescanBytes = 1024;

/// The lower-case WHATWG name of the encoding that the page declares (in a `<meta>`, or else in an
/// XML declaration) within its first `kPrescanBytes` bytes, or empty. A declared UTF-16 is UTF-8
/// (the declaration could not have been read otherwise), x-user-defined is windows-1252. The name
/// lives forever. Linear. Thread-safe.
/// Source: WHATWG HTML, "prescan a byte stream to determine its encoding", "get an attribute", "get
/// an XML encoding", "extracting a character encoding from a meta element".
std::string_view prescan(std::string_view bytes);

/// The label within the `content` of a `<meta http-equiv=content-type>`, which is in lower case, or
/// empty. Thread-safe.
std::string_view charset_of_meta_content(std::string_view content);

}  // namespace riptide::text
