/// Tells files that are no text from pages.
#pragma once

#include <string_view>

namespace riptide::text {

/// What the signature at the start of `bytes` says they are, with its article ("a PNG image", "a
/// PDF document"), or empty. Thread-safe. Source: WHATWG MIME Sniffing, sections 6 and 7, and the
/// formats' own descriptions.
std::string_view signature_kind(std::string_view bytes);

/// As `signature_kind`; without a signature, "binary data" when more than one in twenty of the
/// first 4096 bytes (and at least 16) are control characters that text does not have, and the bytes
/// are not UTF-16 by their mark or their looks. Empty for what may be a page, whatever its quality.
/// A few NUL bytes do not make a page binary. Thread-safe. Source of "binary data byte": WHATWG
/// MIME Sniffing, section 3.
std::string_view binary_kind(std::string_view bytes);

}  // namespace riptide::text
