/// Directories of pages.
#pragma once

#include <memory>
#include <string>

#include "io/byte_source.h"
#include "io/record.h"

namespace riptide::io {

/// The pages in a directory and all below: files named *.html, *.htm or *.xhtml, or so with .gz or
/// .zst behind, in any case. In the order of the names' bytes, a directory's files where its name
/// stands; so the order is the same on every machine. Symbolic links to files are followed, those
/// to directories are not, which makes loops impossible. A directory that cannot be read is a
/// record, and a file of `watch.own_files` is none. Memory: the names of one directory on each
/// level. `watch` must outlive the source.
std::unique_ptr<RecordSource> read_page_tree(const std::string& path, InputWatch& watch);

/// A single file as a page.
std::unique_ptr<RecordSource> read_page_file(const std::string& path, InputWatch& watch);

}  // namespace riptide::io
