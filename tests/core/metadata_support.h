/// Reads the metadata of a page written in a test.
#pragma once

#include <gtest/gtest.h>

#include <string_view>

#include "core/metadata.h"

namespace riptide::core {

inline Metadata read(std::string_view html,
                     std::string_view url = "https://www.harbour.example/tides") {
    Truncations truncations;
    const Result<Dom> dom = Dom::parse(html, truncations);
    EXPECT_TRUE(dom.has_value());
    const UrlResolver urls(*dom, url);
    return read_metadata(*dom, urls);
}

}  // namespace riptide::core
