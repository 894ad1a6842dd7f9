/// Of what kind a page is.
#pragma once

#include <cstdint>
#include <string_view>

namespace riptide {

enum class PageType : std::uint8_t { kArticle, kListing, kProduct, kForum, kDocumentation, kOther };

std::string_view to_string(PageType type) noexcept;

}  // namespace riptide
