#include "config/config_file.h"

#include <optional>
#include <string_view>

#include "config/options.h"
#include "config/printable.h"
#include "sys/file.h"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace riptide::config {
namespace {

constexpr Bytes kMaxFile = Bytes::mib(1);

std::string where(const std::string& path, const toml::source_region& region) {
    return printable(path) + ":" + std::to_string(region.begin.line);
}

std::string_view what_is(const toml::node& node) {
    if (node.is_array_of_tables()) return "an array of tables";
    if (node.is_array()) return "an array";
    if (node.is_table()) return "a table";
    return node.is_floating_point() ? "a fraction" : "a date or time";
}

std::optional<std::string> text_of(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return std::to_string(number->get());
    if (const auto* truth = node.as_boolean()) return truth->get() ? "true" : "false";
    return std::nullopt;
}

/// A table whose entries are still to be read, and what its keys begin with.
struct Pending {
    const toml::table* table;
    std::string prefix;
};

}  // namespace

Result<ConfigFile> read_config_file(const std::string& path) {
    const Result<std::vector<std::uint8_t>> bytes = sys::read_file(path, kMaxFile);
    if (!bytes) return tl::unexpected(bytes.error());
    const std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    const toml::parse_result parsed = toml::parse(text, path);
    if (!parsed) {
        return fail(ErrorClass::kConfig,
                    where(path, parsed.error().source()) +
                        ": this is not TOML: " + printable_excerpt(parsed.error().description()));
    }
    ConfigFile out;
    std::vector<Pending> pending = {{&parsed.table(), ""}};
    while (!pending.empty()) {
        const Pending next = pending.back();
        pending.pop_back();
        for (const auto& [name, node] : *next.table) {
            const std::string key = next.prefix + std::string(name.str());
            const toml::table* table = node.as_table();
            if (table != nullptr && find_option(key) == nullptr) {
                pending.push_back({table, key + "."});
            } else if (std::optional<std::string> value = text_of(node)) {
                out.entries.push_back({key, std::move(*value), where(path, node.source()), {}});
            } else {
                out.entries.push_back(
                    {key, {}, where(path, node.source()), std::string(what_is(node))});
            }
        }
    }
    return out;
}

}  // namespace riptide::config
