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
        std::string odd;    ///< What stands there where no option has such a value: "an array".
    };
    std::vector<Entry> entries;
};

/// Reads and parses a file of at most 1 MiB. Errors: `kConfig` where it is no TOML, with file and
/// line; `kIo`.
Result<ConfigFile> read_config_file(const std::string& path);

}  // namespace riptide::config
