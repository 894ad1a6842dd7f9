/// Guesses the encoding of a page that declares none.
#pragma once

#include <cstddef>
#include <string_view>

namespace riptide::text {

/// How many bytes a guess looks at, from the first one that tells anything.
inline constexpr std::size_t kDetectBytes = 64 * 1024;

/// The lower-case WHATWG name of an encoding for `bytes`, which carry no declaration. In this
/// order: UTF-16 without a byte order mark (markup of which every other byte is NUL); UTF-8, also
/// when few bytes in it are broken or its last character is cut off; ISO-2022-JP by its escape
/// sequences; what the statistics of uchardet say; windows-1252. Bytes that are all ASCII are
/// UTF-8. Never "replacement". The name lives forever. Linear, and apart from the UTF-8 check
/// bounded by `kDetectBytes`. Thread-safe.
std::string_view detect_encoding(std::string_view bytes);

/// "utf-16le" or "utf-16be" when `bytes` begin like UTF-16 text in mostly Latin script, without a
/// byte order mark; else empty. Thread-safe.
std::string_view detect_utf16(std::string_view bytes);

}  // namespace riptide::text
