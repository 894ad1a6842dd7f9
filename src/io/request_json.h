/// One page of a batch, as a JSON object. The service reads its own as they come
/// (http/page_json.h).
#pragma once

#include <riptide/error.h>
#include <riptide/instance_pool.h>

#include <string>
#include <string_view>

#include <boost/json/value.hpp>

namespace riptide::io {

struct PageRequest {
    boost::json::value id;  ///< As it was given: a text, a whole number, or null.
    std::string path;       ///< Of the page; empty when `request.bytes` is the page.
    OwnedRequest request;
};

/// Reads `{"html" | "path", "id", "url", "mode", "selectors", "content_type", "encoding"}`; data
/// sets carry other members, which are ignored. A member that is null counts as left out. Selectors
/// without a mode mean "custom". What is left out of "mode" and "selectors" is taken from
/// `defaults`, and outputs always are.
///
/// Errors are of class `kUsage`: not JSON (with the offset), not UTF-8, not an object, a member of
/// another type, a "url" that is no web address, a page that is missing or told twice. The sentence
/// names the member, what it is, and what would be right. Thread-safe; linear.
Result<PageRequest> parse_page_request(std::string_view json, const ExtractOptions& defaults);

/// The "id" of what `parse_page_request` refused, as far as it can be read; else null.
boost::json::value request_id(std::string_view json);

}  // namespace riptide::io
