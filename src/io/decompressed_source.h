/// Streams that may be compressed.
#pragma once

#include <memory>
#include <string_view>

#include "io/byte_source.h"

namespace riptide::io {

/// The same stream, decompressed when its first bytes are those of gzip or Zstandard, whatever it
/// is called. `read` fails with `kIo` where the compressed data is damaged or cut off: after all
/// bytes before that place were read (gzip), or at least those before the piece at hand (Zstandard,
/// whose library gives nothing of a piece that fails).
std::unique_ptr<ByteSource> decompressed(std::unique_ptr<ByteSource> source);

}  // namespace riptide::io
