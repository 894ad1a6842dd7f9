/// Lines of JSON (jsonlines.org).
#pragma once

#include <memory>

#include "io/byte_source.h"
#include "io/record.h"

namespace riptide::io {

/// A record for each line that is not blank; its number is the line's. Lines may be twice as long
/// as the largest page (`body_limit`), for what JSON must escape. A broken stream is one last
/// record.
std::unique_ptr<RecordSource> read_jsonl(std::unique_ptr<ByteSource> source,
                                         std::shared_ptr<const std::string> name, Bytes body_limit);

}  // namespace riptide::io
