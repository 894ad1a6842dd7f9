/// Documents and errors as JSON, for programs.
#pragma once

#include <riptide/document.h>
#include <riptide/error.h>

#include <boost/json/object.hpp>

namespace riptide::io {

/// The fields of a document in the usual outputs, in the order of their declaration, always all of
/// them: a text that is empty is null, lists are arrays, `status` is "ok" or "empty".
boost::json::object to_json(const Document& document);

/// `{"status": "error", "error": {"class": "too-large", "detail": "..."}}`. Such an object never
/// has a document's fields.
boost::json::object to_json(const Error& error);

}  // namespace riptide::io
