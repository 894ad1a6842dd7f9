/// The date that an address tells.
#pragma once

#include <string>
#include <string_view>

namespace riptide::core {

struct UrlDate {
    std::string iso;  ///< "2024-05-17", or "2024-05"; empty where the address tells none.
    /// The day is told by folders of its own ("/2024/05/17/"): the address of a dated archive.
    bool folders = false;
};

/// The first day in a URL's path: "/2024/05/17/", "/2024/may/17/", "/2024-05-17", "/20240517"; else
/// the first month: "/2024/05/". Years from 1990 to 2100. Looks at the first 300 bytes of the path.
UrlDate date_in_path(std::string_view url);

}  // namespace riptide::core
