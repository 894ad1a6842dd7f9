#include "app/load_settings.h"

#include <unistd.h>

#include <string>
#include <string_view>
#include <utility>

#include "app/messages.h"
#include "config/admin_token.h"
#include "sys/file_identity.h"

namespace riptide::app {
namespace {

config::Environment process_environment() {
    config::Environment environment;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const std::size_t sign = text.find('=');
        if (sign == std::string_view::npos) continue;
        environment.emplace_back(text.substr(0, sign), text.substr(sign + 1));
    }
    return environment;
}

/// A pipe that was read would be waited for, maybe for ever.
Result<void> check_readable(const std::string& path, Reading reading) {
    if (reading == Reading::kFirst || path.empty() || sys::file_identity(path)) return {};
    return fail(ErrorClass::kIo,
                "cannot read " + shown(path) + " again: it is no file, or its directory is gone");
}

}  // namespace

Result<config::Settings> load_settings(const CommandLine& line, Reading reading) {
    const config::Environment environment = process_environment();
    const std::string path = config::config_file_path(environment, line.options());
    if (const auto checked = check_readable(path, reading); !checked) {
        return tl::unexpected(checked.error());
    }
    const Result<config::ConfigFile> file =
        path.empty() ? config::ConfigFile{} : config::read_config_file(path);
    if (!file) return tl::unexpected(file.error());
    Result<config::Settings> settings = config::resolve(environment, line.options(), *file);
    if (!settings) return settings;
    for (const std::string& named :
         {settings->config.component_path, settings->service.admin_token_file}) {
        if (const auto checked = check_readable(named, reading); !checked) {
            return tl::unexpected(checked.error());
        }
    }
    for (std::string& warning : config::warn_of_exposed_token(*settings)) {
        settings->warnings.push_back(std::move(warning));
    }
    return settings;
}

}  // namespace riptide::app
