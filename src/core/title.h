/// A page's title without the name of its site.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace riptide::core {

/// A `<title>` or the like, cut at its separators (" | ", " - ", " :: ", ...).
struct TitleParts {
    std::string title;
    std::string site;  ///< The part that was cut off; empty where nothing was.
};

/// Cuts the first or the last part off where it is one of `site_names` or the host's name.
/// Compares letters and digits only.
TitleParts cut_known_site(std::string_view title, const std::vector<std::string>& site_names,
                          std::string_view host);

/// Cuts the last part off where it looks like a site's name: after a strong separator (a bar, a
/// dash between spaces, a double colon, a guillemet), shorter than what stays, with three words or
/// fifteen bytes staying.
TitleParts cut_likely_site(std::string_view title);

/// The words the two have in common, in percent of the words of the one with fewer; 0 where one
/// has none. Quadratic in the words of a title: looks at the first 40 of each.
int words_in_common(std::string_view a, std::string_view b);

/// The two say the same but for case, punctuation and white space.
bool same_title(std::string_view a, std::string_view b);

}  // namespace riptide::core
