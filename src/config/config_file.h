/// Options from a TOML file.
#pragma once

#include <riptide/error.h>

#include <string>
#include <vector>

namespace riptide::config {

/// What a file says, table by table: `timeout_secs` of `[wasm]` has the key "wasm.timeout_secs".
struct ConfigFile {
    struct Entry {
        std::string key;
        std::string value;  ///< As it would be written in the environment.
        std::string where;  ///< "FILE:LINE", for messages.
    };
    std::vector<Entry> entries;
};

/// Reads and parses a file of at most 1 MiB. Errors: `kConfig` where it is no TOML, or a value is
/// neither a string, a whole number nor a truth value, with file and line; `kIo`.
Result<ConfigFile> read_config_file(const std::string& path);

}  // namespace riptide::config
