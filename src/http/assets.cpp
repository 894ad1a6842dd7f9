#include "http/assets.h"

#include <algorithm>
#include <array>

// The bytes lie in web_assets.S, the rows in web_assets.inc; cmake/assets.cmake writes both.
// NOLINTNEXTLINE(bugprone-macro-parentheses): a declared name
#define RIPTIDE_ASSET(path, symbol, size, type, etag) extern "C" const char symbol[(size)];
#include <web_assets.inc>
#undef RIPTIDE_ASSET

namespace riptide::http {

std::span<const Asset> assets() {
#define RIPTIDE_ASSET(path, symbol, size, type, etag) \
    Asset{path, type, {symbol, size}, "\"" etag "\""},
    static const std::array kAssets = {
#include <web_assets.inc>
    };
#undef RIPTIDE_ASSET
    return kAssets;
}

const Asset* find_asset(std::string_view path) {
    const auto found = std::ranges::find(assets(), path, &Asset::path);
    return found == assets().end() ? nullptr : &*found;
}

}  // namespace riptide::http
