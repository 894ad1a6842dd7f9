/// Pages as they lie in their inputs.
#pragma once

#include <riptide/config.h>
#include <riptide/error.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "io/http_message.h"

namespace riptide::io {

/// Where a record is.
struct Origin {
    std::shared_ptr<const std::string> source;  ///< The input's path, or "-".
    std::uint64_t record = 0;  ///< From 1 in each input: of a line, a record of an archive, a file.
    std::uint64_t offset = 0;  ///< Of its first byte, in the input as decompressed.
};

/// A page in a file of its own.
struct PageFile {
    std::string path;
    std::string name;  ///< Within the directory that was named.
};
/// A line of JSON: `parse_page_request`.
struct JsonLine {
    std::string text;
};
/// A record of a web archive.
struct ArchivedPage {
    std::string id;
    std::string url;
    std::string content_type;  ///< Of the page; may be empty.
    /// Of the response that the page was sent with, if any; the error when it is broken.
    Result<HeaderFields> http;
    std::string body;  ///< As it was sent: `decoded_body`.
};

/// One record, not yet looked into, so that readers cost little. The error is that it cannot be
/// read; it does not say where.
struct Record {
    Origin origin;
    std::variant<Error, PageFile, JsonLine, ArchivedPage> content;
};

/// The records of an input. Not thread-safe.
class RecordSource {
public:
    virtual ~RecordSource() = default;
    /// The next record, also when it is broken; empty at the end. An error of class `kCancelled`
    /// means that reading was stopped, which is no record; nothing is to be read after it.
    virtual std::optional<Record> next() = 0;
};

}  // namespace riptide::io
