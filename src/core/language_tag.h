/// Tags of languages as pages write them.
#pragma once

#include <string>
#include <string_view>

namespace riptide::core {

/// The first of a list of tags in the case that BCP 47 recommends: "en_us" as "en-US", "ZH-hant-tw"
/// as "zh-Hant-TW". Empty where it is no language tag.
std::string language_tag(std::string_view raw);

}  // namespace riptide::core
