/// The options' values, found from flags, environment, a file and defaults.
#pragma once

#include <riptide/config.h>
#include <riptide/error.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/config_file.h"
#include "config/options.h"

namespace riptide::config {

/// Where a value came from; the later one wins.
enum class Source : std::uint8_t { kDefault, kFile, kEnvironment, kFlag };
std::string_view to_string(Source source);

struct Setting {
    const OptionSpec* option;
    std::string value;  ///< As it was written.
    Source source = Source::kDefault;
};

/// Names and values of environment variables, all of them or a test's.
using Environment = std::vector<std::pair<std::string, std::string>>;

/// An option given on the command line.
struct FlagValue {
    const OptionSpec* option;
    std::string value;
};

struct Settings {
    std::vector<Setting> settings;  ///< One for each option, in the order of the table.
    ExtractorConfig config;
    ServiceConfig service;
    /// Sentences for a human about what was ignored.
    std::vector<std::string> warnings;

    /// The setting of a known option.
    [[nodiscard]] const Setting& of(std::string_view option_name) const;
};

/// The configuration file that is named by flag or environment; empty when none is.
std::string config_file_path(const Environment& environment, const std::vector<FlagValue>& flags);

/// A pure function: flag over environment over file over default. Of a flag given twice the last
/// counts. Error: `kConfig` for a value that is not allowed. An unknown RIPTIDE_ variable or key is
/// a warning.
Result<Settings> resolve(const Environment& environment, const std::vector<FlagValue>& flags,
                         const ConfigFile& file = {});

}  // namespace riptide::config
