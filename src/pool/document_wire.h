/// Requests and documents as bytes, between a process and its helpers on the same machine.
///
/// Numbers are in the machine's byte order, a string or a list is its 32-bit length and then its
/// elements, a record is its fields in the order of their declaration.
#pragma once

#include <riptide/document.h>
#include <riptide/error.h>
#include <riptide/options.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace riptide {

/// No result is larger: several times what the core's caps let a document be.
inline constexpr std::size_t kMaxResultBytes = std::size_t{128} << 20;

/// What a helper is told beside the page itself.
std::string encode_options(const ExtractOptions& options);

/// Empty when `bytes` is not what `encode_options` makes.
std::optional<ExtractOptions> decode_options(std::string_view bytes);

/// All of the result but what only the host knows (engine, fallback reason, encoding).
std::string encode_result(const Result<Document>& result);

/// Takes apart what a helper sent. It is trusted with nothing, since a page may have taken it over:
/// lengths and enumerators are checked, strings must be UTF-8, scores and lists within their
/// bounds, and an error one that the core makes or `kMemoryLimit`. Memory is at most a small
/// multiple of `bytes.size()`. Empty when anything is wrong. Linear. Thread-safe.
std::optional<Result<Document>> decode_result(std::string_view bytes);

}  // namespace riptide
