#include "app/mode_flags.h"

#include "app/choice.h"
#include "base/utf8.h"
#include "config/printable.h"

namespace riptide::app {

Result<void> read_mode_flags(const CommandLine& line, ExtractOptions& options) {
    const auto wrong = [&](const std::string& detail) {
        return fail(ErrorClass::kUsage, std::string(line.command->name) + ": " + detail);
    };
    options.selectors = line.values("--selector");
    const auto mode = line.value("--mode");
    const bool has_selectors = !options.selectors.empty();
    if (mode) options.mode = choice<ExtractionMode>(kModeNames, *mode);
    if (!mode && has_selectors) options.mode = ExtractionMode::kCustom;
    const bool custom = options.mode == ExtractionMode::kCustom;
    if (has_selectors && !custom) {
        return wrong("--selector contradicts --mode " + *mode + "; leave one of them out");
    }
    for (const std::string& selector : options.selectors) {
        if (first_invalid_utf8(selector) != selector.size()) {
            return wrong("--selector: \"" + config::printable_excerpt(selector) +
                         "\" is not UTF-8");
        }
    }
    if (custom && !has_selectors) {
        return wrong("--mode custom needs at least one --selector CSS");
    }
    return {};
}

}  // namespace riptide::app
