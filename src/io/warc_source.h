/// Web archives: WARC 1.0 and 1.1 (ISO 28500; the IIPC's WARC specifications).
#pragma once

#include <memory>

#include "io/byte_source.h"
#include "io/record.h"

namespace riptide::io {

/// The pages of an archive: `response` records whose HTTP response is HTML or does not say what it
/// is, and `resource` records of HTML. All others are passed over and counted in
/// `watch.skipped_records`, but have their numbers. After a broken header, reading goes on at the
/// next line that begins a record; a broken stream is one last record.
std::unique_ptr<RecordSource> read_warc(std::unique_ptr<ByteSource> source,
                                        std::shared_ptr<const std::string> name, Bytes body_limit,
                                        InputWatch& watch);

}  // namespace riptide::io
