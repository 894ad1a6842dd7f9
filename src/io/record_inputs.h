/// The inputs of a batch, whatever they are.
#pragma once

#include <riptide/instance_pool.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "io/byte_source.h"
#include "io/record.h"
#include "io/request_json.h"

namespace riptide::io {

enum class InputFormat : std::uint8_t { kAuto, kJsonl, kWarc, kHtml };
inline constexpr std::array<std::string_view, 4> kInputFormatNames = {"auto", "jsonl", "warc",
                                                                      "html"};

/// The records of the inputs, one after the other: directories (`read_page_tree`), and files or "-"
/// of lines of JSON, web archives or single pages, each plain, gzip or Zstandard. `kAuto` goes by
/// the name (.jsonl, .ndjson, .json, .warc, .html, ...; .gz or .zst behind), else by the first
/// bytes. An input that cannot be opened is a record with number 0. `watch` must outlive the
/// source.
std::unique_ptr<RecordSource> read_inputs(std::vector<std::string> paths, InputFormat format,
                                          Bytes body_limit, InputWatch& watch);

/// What is asked for by a record: reads the file that it names, undoes HTTP's codings. What the
/// record does not say is taken from `defaults`, the encoding included. Thread-safe. Errors: those
/// of the record, of `parse_page_request` and `decoded_body`, and `kIo` and `kTooLarge` of files.
struct RecordRequest {
    boost::json::value id;  ///< Known for most records that are in error, too.
    Result<OwnedRequest> request;
};
RecordRequest request_of(Record record, const OwnedRequest& defaults, Bytes body_limit);

}  // namespace riptide::io
