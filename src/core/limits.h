/// The core's caps. They bound memory and keep every step linear in the page's size, whatever the
/// page; what a cap cuts is told in `Document::truncated`.
#pragma once

#include <cstddef>
#include <cstdint>

namespace riptide::core {

/// Elements nested deeper are flattened into their ancestor, as browsers do: no text is lost.
inline constexpr std::size_t kMaxDepth = 512;

/// Attributes kept per element, those merged from repeated `<html>` and `<body>` tags included.
inline constexpr std::size_t kMaxAttributes = 256;

/// Elements and text nodes of one page; what comes after is not parsed.
inline constexpr std::size_t kMaxNodes = 250'000;

/// Formatting elements (`<b>`, `<font>`, ...) that the parser may have to open again in each block.
inline constexpr std::size_t kMaxActiveFormatting = 32;

/// `<option>` elements of one page; the text of the others is kept.
inline constexpr std::size_t kMaxOptions = 10'000;

/// Bytes of each rendering (text, Markdown, HTML, TEI).
inline constexpr std::size_t kMaxOutputBytes = std::size_t{16} << 20;

/// Entries of each list of the document (links, media).
inline constexpr std::size_t kMaxListEntries = 10'000;

}  // namespace riptide::core
