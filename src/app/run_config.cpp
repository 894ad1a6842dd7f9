#include "app/run.h"
#include "app/wrap.h"
#include "config/printable.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace riptide::app {
namespace {

namespace json = boost::json;

/// The value in its own type, as it is in force; a secret is masked.
json::value typed(const config::Setting& setting) {
    if (setting.option->kind == config::OptionKind::kSecret) {
        return json::value(shown_value(*setting.option, setting.value));
    }
    const auto value =
        config::parse_value(*setting.option, setting.option->environment, setting.value);
    if (!value) return nullptr;
    return std::visit([](const auto& plain) { return json::value(plain); }, *value);
}

json::value number_or_null(const config::OptionSpec& option, std::int64_t number) {
    return option.kind == config::OptionKind::kInteger ? json::value(number) : json::value(nullptr);
}

json::value text_or_null(std::string_view text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

std::string as_json(const config::Settings& settings) {
    json::array rows;
    for (const config::Setting& setting : settings.settings) {
        const config::OptionSpec& option = *setting.option;
        rows.push_back(json::object{
            {"name", option.name},
            {"environment", option.environment},
            {"flag", text_or_null(option.flag)},
            {"value", typed(setting)},
            {"source", to_string(setting.source)},
            {"default", option.default_value},
            {"min", number_or_null(option, option.min)},
            {"max", number_or_null(option, option.max)},
            {"unit", text_or_null(option.unit)},
            {"takes", allowed_values(option)},
            {"help", option.help},
        });
    }
    return json::serialize(rows) + "\n";
}

std::string as_text(const config::Settings& settings) {
    constexpr std::size_t kIndent = 4;
    std::string out;
    for (const config::Setting& setting : settings.settings) {
        const config::OptionSpec& option = *setting.option;
        const std::string value = config::printable(shown_value(option, setting.value));
        out.append(option.environment).append("=").append(value);
        out.append("  (").append(to_string(setting.source)).append(")\n");
        std::string text = std::string(option.help) + " Takes " + allowed_values(option);
        if (!option.default_value.empty()) text.append("; default ").append(option.default_value);
        if (!option.flag.empty()) text.append("; flag ").append(option.flag);
        out.append(kIndent, ' ');
        append_wrapped(text + ".", kIndent, kIndent, out);
        out += '\n';
    }
    out.pop_back();
    return out;
}

}  // namespace

Result<ExitCode> run_config(const CommandLine& line, const config::Settings& settings,
                            Output& output) {
    const bool for_programs = line.value("--format") == "json";
    return output.write(for_programs ? as_json(settings) : as_text(settings)).map([] {
        return ExitCode::kOk;
    });
}

}  // namespace riptide::app
