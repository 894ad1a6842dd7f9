#include "app/service_settings.h"

#include <algorithm>
#include <array>

#include "config/admin_token.h"

namespace riptide::app {
namespace {

/// Read once, when the service starts. So are all options of the engine but its component.
constexpr std::array<std::string_view, 4> kFixed = {"listen", "admin_listen", "io_threads",
                                                    "log_format"};
constexpr std::string_view kComponent = "wasm.component";
constexpr std::string_view kConfigFile = "config";

bool can_change(const config::OptionSpec& option) {
    if (option.name == kComponent || option.name == kConfigFile) return true;
    return option.scope == config::OptionScope::kService &&
           std::ranges::find(kFixed, option.name) == kFixed.end();
}

io::SettingInForce shown(const config::Setting& setting) {
    const bool is_secret = setting.option->kind == config::OptionKind::kSecret;
    return {std::string(setting.option->name), setting.value,
            std::string(config::to_string(setting.source)),
            is_secret ? io::Secrecy::kSecret : io::Secrecy::kPublic};
}

}  // namespace

Result<http::ServiceSettings> service_settings(const config::Settings& settings) {
    http::ServiceSettings out{settings.service, settings.config, {}};
    if (Result<void> loaded = config::load_admin_token(out.service); !loaded) {
        return tl::unexpected(std::move(loaded.error()));
    }
    out.extractor.helper_program = "/proc/self/exe";
    for (const config::Setting& setting : settings.settings) out.shown.push_back(shown(setting));
    return out;
}

Result<Reload> reload_settings(const http::ServiceSettings& in_force,
                               const config::Settings& fresh) {
    Result<http::ServiceSettings> next = service_settings(fresh);
    if (!next) return tl::unexpected(std::move(next.error()));
    Reload out{{next->service, in_force.extractor, in_force.shown}, {}, {}};
    out.settings.extractor.component_path = next->extractor.component_path;
    for (std::size_t i = 0; i < fresh.settings.size(); ++i) {
        io::SettingInForce& old = out.settings.shown[i];
        io::SettingInForce& now = next->shown[i];
        const bool is_same = old.value == now.value;
        const bool changes = can_change(*fresh.settings[i].option);
        if (!is_same) (changes ? out.applied : out.needs_restart).push_back(now.name);
        if (is_same || changes) old = std::move(now);
    }
    return out;
}

}  // namespace riptide::app
