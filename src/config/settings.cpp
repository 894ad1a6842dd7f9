#include "config/settings.h"

#include <algorithm>
#include <array>
#include <limits>

#include "config/nearest.h"
#include "config/printable.h"

namespace riptide::config {
namespace {

constexpr std::string_view kPrefix = "RIPTIDE_";

constexpr std::string_view kMemoryMegabytes = "wasm.memory_limit_mb";
constexpr std::string_view kMemoryPages = "wasm.memory_limit_pages";
constexpr std::string_view kConfigFile = "config";

/// Read by the tools that build riptide, so a developer may well have them set.
constexpr std::array<std::string_view, 1> kForeign = {"RIPTIDE_CACHE"};

std::string unknown(std::string_view name, std::string_view OptionSpec::* names) {
    std::vector<std::string_view> known;
    for (const OptionSpec& option : options()) known.push_back(option.*names);
    const std::string meant = suggestion(name, known);
    return printable(name) + " is not an option of this version and is ignored" +
           (meant.empty() ? "; `riptide config` shows all" : meant);
}

/// Without the tables that it is in.
std::string_view last_part(std::string_view key) { return key.substr(key.rfind('.') + 1); }

/// The option that the key of a file means, though it is not the option's name; null for none.
const OptionSpec* meant_by(std::string_view key) {
    const std::string_view last = last_part(key);
    const auto same = std::ranges::find_if(options(), [last](const OptionSpec& option) {
        return last == option.environment || last == last_part(option.name);
    });
    return same == options().end() ? nullptr : &*same;
}

std::string unknown_key(const ConfigFile::Entry& entry) {
    const OptionSpec* meant = meant_by(entry.key);
    if (meant == nullptr) return entry.where + ": " + unknown(entry.key, &OptionSpec::name);
    const std::string ignored = entry.where + ": " + printable(entry.key) + " is ignored; ";
    if (meant->name == kConfigFile) {
        return ignored + "a file names no other file, --config and RIPTIDE_CONFIG do";
    }
    const std::size_t dot = meant->name.rfind('.');
    return ignored + "the option is `" + std::string(last_part(meant->name)) + "`, " +
           (dot == std::string_view::npos ? "above all tables"
                                          : "in [" + std::string(meant->name.substr(0, dot)) + "]");
}

bool is_table_of_options(std::string_view key) {
    return std::ranges::any_of(options(), [key](const OptionSpec& option) {
        return option.name.size() > key.size() && option.name.starts_with(key) &&
               option.name[key.size()] == '.';
    });
}

std::string_view shown_as(const Setting& setting) {
    if (setting.source == Source::kFile) return setting.option->name;
    return setting.source == Source::kFlag ? setting.option->flag : setting.option->environment;
}

Result<void> read_file(const ConfigFile& file, Settings& result) {
    for (const ConfigFile::Entry& entry : file.entries) {
        const auto setting = std::ranges::find_if(result.settings, [&entry](const Setting& known) {
            return known.option->name == entry.key && entry.key != kConfigFile;
        });
        if (setting == result.settings.end()) {
            if (is_table_of_options(entry.key)) {
                return fail(ErrorClass::kConfig, entry.where + ": " + entry.key +
                                                     " is a table of options; it begins with [" +
                                                     entry.key + "], on a line of its own");
            }
            result.warnings.push_back(unknown_key(entry));
            continue;
        }
        const std::string shown = entry.where + ": " + entry.key;
        if (!entry.odd.empty()) {
            return fail(ErrorClass::kConfig, shown + ": " + entry.odd +
                                                 " is not allowed; it takes " +
                                                 allowed_values(*setting->option));
        }
        if (auto checked = parse_value(*setting->option, shown, entry.value); !checked) {
            return tl::unexpected(std::move(checked.error()));
        }
        setting->value = entry.value;
        setting->source = Source::kFile;
    }
    return {};
}

Result<void> read_environment(const Environment& environment, Settings& result) {
    for (const auto& variable : environment) {
        const std::string& name = variable.first;
        const std::string& value = variable.second;
        if (!name.starts_with(kPrefix) || std::ranges::find(kForeign, name) != kForeign.end()) {
            continue;
        }
        const auto setting = std::ranges::find_if(result.settings, [&name](const Setting& known) {
            return known.option->environment == name;
        });
        if (setting == result.settings.end()) {
            result.warnings.push_back(unknown(name, &OptionSpec::environment));
            continue;
        }
        // Checked even where a flag overrides it: a bad value would surprise the next run.
        if (auto checked = parse_value(*setting->option, name, value); !checked) {
            return tl::unexpected(std::move(checked.error()));
        }
        setting->value = value;
        setting->source = Source::kEnvironment;
    }
    return {};
}

/// The two memory limits are one limit in two units: the default of one must not undo what was
/// asked for in the other.
bool is_superseded(const Setting& setting, const Settings& all) {
    if (setting.source != Source::kDefault) return false;
    const std::string_view name = setting.option->name;
    if (name == kMemoryPages) return all.of(kMemoryMegabytes).source != Source::kDefault;
    if (name == kMemoryMegabytes) return all.of(kMemoryPages).source != Source::kDefault;
    return false;
}

void warn_of_smaller_limit(Settings& result) {
    const Setting& megabytes = result.of(kMemoryMegabytes);
    const Setting& pages = result.of(kMemoryPages);
    if (megabytes.source != Source::kFlag || pages.source == Source::kDefault) return;
    if (result.config.memory_limit < Bytes::mib(std::stoull(megabytes.value))) {
        result.warnings.push_back("--memory " + megabytes.value +
                                  " has no effect: " + std::string(shown_as(pages)) + "=" +
                                  pages.value + " (64 KiB each) is smaller and holds");
    }
}

}  // namespace

std::string_view to_string(Source source) {
    constexpr std::array<std::string_view, 4> kNames = {"default", "file", "environment", "flag"};
    return kNames[static_cast<std::size_t>(source)];
}

const Setting& Settings::of(std::string_view option_name) const {
    return *std::ranges::find_if(settings, [option_name](const Setting& setting) {
        return setting.option->name == option_name;
    });
}

std::string config_file_path(const Environment& environment, const std::vector<FlagValue>& flags) {
    const OptionSpec* option = find_option(kConfigFile);
    std::string path;
    for (const auto& [name, value] : environment) {
        if (name == option->environment) path = value;
    }
    for (const FlagValue& flag : flags) {
        if (flag.option == option) path = flag.value;
    }
    return path;
}

Result<Settings> resolve(const Environment& environment, const std::vector<FlagValue>& flags,
                         const ConfigFile& file) {
    Settings result;
    for (const OptionSpec& option : options()) {
        result.settings.push_back({&option, std::string(option.default_value), Source::kDefault});
    }
    if (auto read = read_file(file, result); !read) {
        return tl::unexpected(std::move(read.error()));
    }
    if (auto read = read_environment(environment, result); !read) {
        return tl::unexpected(std::move(read.error()));
    }
    for (const FlagValue& flag : flags) {
        const auto setting = std::ranges::find(result.settings, flag.option, &Setting::option);
        setting->value = flag.value;
        setting->source = Source::kFlag;
    }
    result.config.memory_limit = Bytes{std::numeric_limits<std::uint64_t>::max()};
    for (const Setting& setting : result.settings) {
        if (is_superseded(setting, result)) continue;
        Result<OptionValue> value = parse_value(*setting.option, shown_as(setting), setting.value);
        if (!value) return tl::unexpected(std::move(value.error()));
        setting.option->set(*value, {result.config, result.service});
    }
    warn_of_smaller_limit(result);
    return result;
}

}  // namespace riptide::config
