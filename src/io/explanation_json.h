/// How a page was read, for programs.
#pragma once

#include <riptide/document.h>

#include <string>

#include <boost/json/object.hpp>

namespace riptide::io {

/// What the document says of the field, lists joined by ", "; empty where it says nothing.
std::string value_of(const Document& document, MetadataField field);

/// What is known of the whole page, `metadata` with the value and the origin of each field that was
/// found, and of an explanation what `Explanation` has: scores from 0 to 1000, weights in
/// hundredths of log odds. Without bodies.
boost::json::object explanation_json(const Document& document, const Explanation& explanation);

}  // namespace riptide::io
