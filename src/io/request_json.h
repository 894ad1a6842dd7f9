/// What is asked of an extraction, as a JSON object.
#pragma once

#include <riptide/error.h>
#include <riptide/instance_pool.h>

#include <cstdint>
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

namespace riptide::io {

/// Which members say where a page is, and what becomes of members that mean nothing here.
enum class RequestDialect : std::uint8_t {
    kService,  ///< "html" is needed; others' "path" is none of ours, and unknown members are
               ///< errors.
    kBatch,    ///< "html" or "path", exactly one; data sets carry other members, which are ignored.
};

struct PageRequest {
    boost::json::value id;  ///< As it was given: a text, a whole number, or null.
    std::string path;       ///< Of the page; empty when `request.bytes` is the page.
    OwnedRequest request;
};

/// Reads `{"html" | "path", "id", "url", "mode", "selectors", "content_type", "encoding"}`; a
/// member that is null counts as left out. Selectors without a mode mean "custom". What is left out
/// of "mode" and "selectors" is taken from `defaults`, and outputs always are.
///
/// Errors are of class `kUsage`: not JSON (with the offset), not UTF-8, not an object, a member of
/// another type, a page that is missing or told twice. The sentence names the member, what it is,
/// and what would be right. Thread-safe; linear.
Result<PageRequest> parse_page_request(std::string_view json, RequestDialect dialect,
                                       const ExtractOptions& defaults);

/// The "id" of what `parse_page_request` refused, as far as it can be read; else null.
boost::json::value request_id(std::string_view json);

}  // namespace riptide::io
