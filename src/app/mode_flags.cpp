#include "app/mode_flags.h"

#include "app/choice.h"
#include "base/utf8.h"
#include "config/printable.h"
#include "pool/prepare.h"
#include "text/decode.h"

namespace riptide::app {
namespace {

Result<void> check_selectors(const CommandLine& line, const std::vector<std::string>& selectors) {
    for (const std::string& selector : selectors) {
        if (first_invalid_utf8(selector) != selector.size()) {
            return wrong_usage(
                line, "--selector: \"" + config::printable_excerpt(selector) + "\" is not UTF-8");
        }
        if (!check_selector(selector)) {
            return wrong_usage(line, "--selector: \"" + config::printable_excerpt(selector) +
                                         "\" is not a valid CSS selector; one looks like "
                                         "article h2");
        }
    }
    return {};
}

}  // namespace

Result<void> read_mode_flags(const CommandLine& line, ExtractOptions& options) {
    options.selectors = line.values("--selector");
    const auto mode = line.value("--mode");
    const bool has_selectors = !options.selectors.empty();
    if (mode) options.mode = choice<ExtractionMode>(kModeNames, *mode);
    if (!mode && has_selectors) options.mode = ExtractionMode::kCustom;
    const bool custom = options.mode == ExtractionMode::kCustom;
    if (has_selectors && !custom) {
        return wrong_usage(line,
                           "--selector contradicts --mode " + *mode + "; leave one of them out");
    }
    if (custom && !has_selectors) {
        return wrong_usage(line, "--mode custom needs at least one --selector CSS");
    }
    return check_selectors(line, options.selectors);
}

Result<std::string> read_encoding_flag(const CommandLine& line) {
    std::string label = line.value("--encoding").value_or("");
    if (auto checked = text::check_label(label); !checked) {
        return wrong_usage(line, "--encoding: " + checked.error().detail);
    }
    return label;
}

}  // namespace riptide::app
