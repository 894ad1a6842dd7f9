/// The inputs of a batch, whatever they are.
#pragma once

#include <riptide/instance_pool.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
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

/// What `InputWatch::bytes_read` will be when all inputs were read with these `own_files`;
/// empty when one of them is neither a file nor a directory, or as soon as `stop` is true. Walks
/// through directories. Thread-safe.
std::optional<std::uint64_t> size_of_inputs(const std::vector<std::string>& paths,
                                            const std::vector<sys::FileIdentity>& own_files,
                                            const std::atomic<bool>& stop);

/// What is asked for by a record: reads the file that it names, undoes HTTP's codings. What the
/// record does not say is taken from `defaults`, the encoding included. Thread-safe. Errors: those
/// of the record, of `parse_page_request` and `decoded_body`, `kIo` of files, and `kUsage` of
/// `watch.own_files`.
struct RecordRequest {
    boost::json::value id;  ///< Known for most records that are in error, too.
    Result<OwnedRequest> request;
};
RecordRequest request_of(Record record, const OwnedRequest& defaults, Bytes body_limit,
                         const InputWatch& watch);

}  // namespace riptide::io
